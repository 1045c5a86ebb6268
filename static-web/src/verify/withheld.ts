import { isRecord } from '../format/isRecord';

/** A part, by its number from 0, of several records. */
export interface ErasedParts {
  readonly part: number;
  /** The first and the last sequence of each run of them, in pairs, growing. */
  readonly records: readonly number[];
}

/** What was destroyed in a trail, and which of its records say that it was to be. */
export interface Erasures {
  readonly parts: number;
  readonly records: number;
  /** The records on whose authority. */
  readonly by: readonly number[];
  /** Parts whose authority is not proved: no checkpoint covers it. */
  readonly unproved: number;
  /** Further parts that are withheld, whose authority may stand behind what was looked at. */
  readonly unexplained: number;
}

/** Of what holds nothing that an erasure would have to answer for. */
export const nothingErased: Erasures = { parts: 0, records: 0, by: [], unproved: 0, unexplained: 0 };

interface Known {
  /** Growing. */
  readonly records: number[];
  /** The authority of each, 0 while there is none. */
  readonly authorities: number[];
}

/** The runs that a deed (parsed JSON) says were to be destroyed; undefined when it is no such record's, or does not say it as we do. */
export function readAuthority(deed: unknown): readonly ErasedParts[] | undefined {
  if (!isRecord(deed)) return undefined;
  const { action, source, outcome, details } = deed;
  if (action !== 'audit.erased' || source !== 'app' || outcome !== 'success') return undefined;
  const parts: unknown = isRecord(details) ? details['parts'] : undefined;
  return Array.isArray(parts) && parts.every(isErasedParts) ? parts : undefined;
}

function isErasedParts(value: unknown): value is ErasedParts {
  if (!isRecord(value)) return false;
  const { part, records } = value;
  return (
    Number.isSafeInteger(part) &&
    (part as number) >= 0 &&
    Array.isArray(records) &&
    records.length % 2 === 0 &&
    records.every(
      (sequence: unknown, at) =>
        Number.isSafeInteger(sequence) &&
        (at % 2 === 0
          ? (sequence as number) > ((records[at - 1] as number | undefined) ?? 0)
          : (sequence as number) >= (records[at - 1] as number)),
    )
  );
}

/** The parts of records that are withheld, and by which record behind each it is said that it was to be destroyed. */
export class WithheldParts {
  readonly #parts = new Map<number, Known>();
  readonly #proved = new Set<number>();

  /** `sequence`: larger than those before. */
  add(sequence: number, parts: readonly number[]): void {
    for (const part of parts) {
      const known = this.#parts.get(part) ?? { records: [], authorities: [] };
      this.#parts.set(part, known);
      known.records.push(sequence);
      known.authorities.push(0);
    }
  }

  /** `isProved`: known to be in the log by more than standing there. */
  explain(authority: number, parts: readonly ErasedParts[], isProved = false): void {
    if (isProved) this.#proved.add(authority);
    for (const { part, records: runs } of parts) {
      const known = this.#parts.get(part);
      if (known)
        for (let run = 0; run < runs.length; run += 2)
          explainRun(known, runs[run]!, runs[run + 1]!, authority);
    }
  }

  /** Records of which nothing explains a part that is withheld. */
  get unexplained(): readonly number[] {
    const found = this.#all().filter(({ authority }) => authority === 0);
    return [...new Set(found.map(({ record }) => record))].sort((a, b) => a - b);
  }

  /** `provedTo`: the last record that a checkpoint covers. */
  judge(provedTo: number): Erasures {
    const all = this.#all();
    const explained = all.filter(({ authority }) => authority > 0);
    return {
      parts: explained.length,
      records: new Set(explained.map(({ record }) => record)).size,
      by: [...new Set(explained.map(({ authority }) => authority))].sort((a, b) => a - b),
      unproved: explained.filter(({ authority }) => authority > provedTo && !this.#proved.has(authority))
        .length,
      unexplained: all.length - explained.length,
    };
  }

  #all(): readonly { readonly record: number; readonly authority: number }[] {
    return [...this.#parts.values()].flatMap(({ records, authorities }) =>
      records.map((record, at) => ({ record, authority: authorities[at]! })),
    );
  }
}

/** A record says nothing of those behind it, nor of itself. */
function explainRun({ records, authorities }: Known, first: number, last: number, authority: number): void {
  const to = Math.min(last, authority - 1);
  for (let at = firstFrom(records, first); at < records.length && records[at]! <= to; at++)
    if (authorities[at] === 0) authorities[at] = authority;
}

/** The place of the first that is not smaller. */
function firstFrom(records: readonly number[], least: number): number {
  let [low, high] = [0, records.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (records[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
