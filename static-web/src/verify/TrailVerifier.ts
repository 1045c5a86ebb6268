import type { TrailCheckpoint } from './checkpoint';
import { isBefore, type DeedPlace, type Instant } from './deedPlace';
import { IdSet } from './IdSet';
import type { Inspection } from './inspect';
import { hashSize, isSameHead, TreeEdge, verifyConsistency, type TreeHead } from './log/merkle';
import type { TrailProblem } from './problems';
import type { Series } from './series';

export interface Verdict {
  /** How many lines were looked at. */
  readonly records: number;
  /** When the first and the last of them were recorded. */
  readonly firstRecordedAt: string | undefined;
  readonly lastRecordedAt: string | undefined;
  /** When the first record that no checkpoint covers was recorded, in seconds since 1970. */
  readonly waitingSince: number | undefined;
  /** How many of them a checkpoint covers, but for those that `problems` names. */
  readonly proved: number;
  /** The last checkpoint that agrees: of what is in front of it, only what `problems` names was changed. */
  readonly coveredTo: TrailCheckpoint | undefined;
  /** What pinned witnesses have seen, by name and key ID: of each its newest checkpoint that agrees, and when in seconds since 1970. */
  readonly seenBy: ReadonlyMap<
    string,
    { readonly name: string; readonly size: number; readonly time: number }
  >;
  /** Those of no record first, then by record; none when the trail is unbroken. */
  readonly problems: readonly TrailProblem[];
}

/** What a trail is held against, beside its checkpoints. */
export interface Expectations {
  /** Seconds since 1970. */
  readonly now: number;
  /** The tree in front of the first record; without it, there is none. */
  readonly before?: TreeEdge;
  /** The log's origin; without it, the checkpoints'. */
  readonly log?: string | undefined;
  /** Whose records they must be. */
  readonly organization?: string;
  /** What an earlier verification saw of this log: the tree has to go on from it. */
  readonly seen?: TreeHead | undefined;
  /** What proves a part of a trail, whose last record is not the last that was signed. */
  readonly later?: LaterCheckpoint | undefined;
  /** Whether it may end before what was seen: it was exported before that. */
  readonly isEarlier?: boolean;
}

/** A checkpoint of a larger tree, and the consistency proof (RFC 9162, 2.1.4) that leads to it. */
export interface LaterCheckpoint {
  readonly checkpoint: TrailCheckpoint;
  readonly path: readonly Uint8Array[];
}

const maxProblems = 20;
/** Records that may be missing in one place and the others still be told apart. */
const maxGap = 10_000;
/** Seconds that a record waits for its checkpoint: signed every five minutes, and once that may fail. */
export const patience = 600;
/** In the place of a leaf that is not known. */
const nothing = new Uint8Array(hashSize);

/**
 * Rebuilds a trail's tree record by record and compares it with the checkpoints that were signed meanwhile, by the
 * rules of SecureZoom.Verification; tests/vectors hold both to them.
 */
export class TrailVerifier {
  readonly #ahead: readonly TrailCheckpoint[];
  readonly #problems: TrailProblem[];
  readonly #ids = new IdSet();
  readonly #expected: Expectations;
  readonly #newest: TrailCheckpoint | undefined;
  readonly #log: string | undefined;
  readonly #before: number;
  readonly #edge: TreeEdge;
  #met = 0;
  #records = 0;
  #misplaced = false;
  #changed = false;
  #first: Instant | undefined;
  #last: Instant | undefined;
  #waitingSince: Instant | undefined;
  #coveredTo: TrailCheckpoint | undefined;
  readonly #seenBy = new Map<
    string,
    { readonly name: string; readonly size: number; readonly time: number }
  >();

  constructor(series: Series, expected: Expectations) {
    this.#ahead = series.checkpoints;
    this.#problems = [...series.problems];
    this.#newest = expected.later?.checkpoint ?? series.checkpoints.at(-1);
    this.#expected = expected;
    this.#log = expected.log ?? this.#newest?.origin;
    this.#edge = expected.before ?? new TreeEdge();
    this.#before = this.#edge.size;
    this.#compareWithCheckpoints();
  }

  get records(): number {
    return this.#records;
  }

  get #next(): number {
    return this.#edge.size + 1;
  }

  /** Takes the next record; undefined when what stands in its place is none. */
  add(record: Inspection | undefined): void {
    if (record) {
      this.#checkPlace(record.place);
      if (!record.isWhole) this.report({ code: 'changed', sequence: this.#next });
    } else this.report({ code: 'unreadable', sequence: this.#next });
    this.#append(record?.leaf ?? nothing);
    this.#records++;
  }

  report(problem: TrailProblem): void {
    if (this.#problems.length < maxProblems) this.#problems.push(problem);
  }

  finish(): Verdict {
    const { later, seen, isEarlier } = this.#expected;
    if (later) {
      const { head } = later.checkpoint;
      this.#compare(later.checkpoint, verifyConsistency(later.path, this.#edge.head, head));
      if (seen?.size === head.size && !isSameHead(seen, head))
        this.report({ code: 'fork', seenSize: head.size });
    }
    const to = Math.max(this.#ahead.at(-1)?.head.size ?? 0, isEarlier ? 0 : (seen?.size ?? 0));
    if (to >= this.#next) this.report({ code: 'missing', sequence: this.#next, to });
    if (this.#last && this.#isNotSigned(this.#last))
      this.report({ code: 'not_signed', recordedAt: this.#last.text });
    return {
      records: this.#records,
      firstRecordedAt: this.#first?.text,
      lastRecordedAt: this.#last?.text,
      waitingSince: this.#waitingSince?.seconds,
      proved: Math.max(0, Math.min(this.#coveredTo?.head.size ?? 0, this.#edge.size) - this.#before),
      coveredTo: this.#coveredTo,
      seenBy: this.#seenBy,
      problems: this.#problems.toSorted((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0)),
    };
  }

  #checkPlace(place: DeedPlace | undefined): void {
    const isOfLog = place && (this.#log === undefined || place.log === this.#log);
    if (isOfLog && place.index > this.#edge.size && place.index - this.#edge.size <= maxGap) {
      this.report({ code: 'missing', sequence: this.#next, to: place.index });
      while (this.#edge.size < place.index) this.#append(nothing);
    }
    const { organization } = this.#expected;
    if (
      !isOfLog ||
      place.index !== this.#edge.size ||
      (organization !== undefined && place.organization !== organization)
    ) {
      // One that is out of place puts those behind it out of place too.
      if (!this.#misplaced) this.report({ code: 'misplaced', sequence: this.#next });
      this.#misplaced = true;
      return;
    }
    if (!this.#ids.add(place.id)) this.report({ code: 'twice', sequence: this.#next });
    this.#checkTime(place);
  }

  #checkTime({ index, recordedAt }: DeedPlace): void {
    const { now } = this.#expected;
    const latest = { text: '', seconds: now + patience, ticks: 0 };
    if ((this.#last && isBefore(recordedAt, this.#last)) || isBefore(latest, recordedAt)) {
      this.report({ code: 'time', sequence: this.#next, recordedAt: recordedAt.text });
      return;
    }
    this.#first ??= recordedAt;
    this.#last = recordedAt;
    if (index >= (this.#newest?.head.size ?? 0)) this.#waitingSince ??= recordedAt;
  }

  /** Whether a newer checkpoint has to be there. Where only the note's key is trusted, its time is not known. */
  #isNotSigned(last: Instant): boolean {
    const signedAt = this.#newest?.signedAt;
    const isOld =
      signedAt === undefined ? this.#waitingSince !== undefined : signedAt + patience < last.seconds;
    return isOld && (this.#waitingSince ?? last).seconds + patience < this.#expected.now;
  }

  #append(leaf: Uint8Array): void {
    this.#edge.append(leaf);
    this.#compareWithCheckpoints();
  }

  /** Compares the tree with the checkpoints of this size, and with what was seen of it before. */
  #compareWithCheckpoints(): void {
    const { size } = this.#edge;
    const { seen } = this.#expected;
    if (seen?.size === size && !isSameHead(seen, this.#edge.head))
      this.report({ code: 'fork', seenSize: size });
    for (let next = this.#ahead[this.#met]; next && next.head.size <= size; next = this.#ahead[++this.#met])
      // One in front of the first record is of no use to a part of a trail.
      if (next.head.size === size) this.#compare(next, isSameHead(next.head, this.#edge.head));
  }

  #compare(checkpoint: TrailCheckpoint, agrees: boolean): void {
    if (agrees) {
      this.#coveredTo = checkpoint;
      for (const { key, time = 0 } of checkpoint.seenBy)
        this.#seenBy.set(`${key.name}+${key.id}`, { name: key.name, size: checkpoint.head.size, time });
    } else if (!this.#changed) {
      // Once a leaf is another one, every later root is.
      this.#changed = true;
      const sequence = (this.#coveredTo?.head.size ?? this.#before) + 1;
      const to = Math.min(checkpoint.head.size, Math.max(sequence, this.#edge.size));
      this.report({ code: 'changed', sequence, to });
    }
  }
}
