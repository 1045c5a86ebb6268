/** What a colour means; never by itself, since each has a name beside it. */
export type Tone = 'usual' | 'bad' | 'quiet';

/** One kind of value that is counted in every column. */
export interface Series {
  readonly name: string;
  readonly tone: Tone;
}

/** Something that is marked above a column where it happened. */
export interface MarkKind {
  readonly name: string;
  readonly shape: 'triangle' | 'diamond';
}

/** An hour, a day: as its label says. */
export interface Column {
  readonly label: string;
  /** The label as short as the axis wants it. */
  readonly tick: string;
  /** One of each series, in their order. */
  readonly values: readonly number[];
  /** How often each kind of mark, in their order. */
  readonly marks?: readonly number[];
  /** A point of the line, where there is one. */
  readonly line?: number;
}
