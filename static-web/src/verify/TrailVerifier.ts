import { SHA256 } from '@stablelib/sha256';
import { fromBase64Url, toHex } from '../format/bytes';
import { isRecord } from '../format/isRecord';
import { markSize, type SignedCheckpoint, type Statement } from './checkpoint';
import type { TrailProblem } from './problems';
import type { Series } from './series';

export interface Verdict {
  /** How many lines were looked at. */
  readonly records: number;
  /** When the first of them was recorded. */
  readonly firstRecordedAt: string | undefined;
  /** The last checkpoint that agrees: nothing up to it was changed since it was signed. */
  readonly coveredTo: Statement | undefined;
  /** Those of no record first, then by record; none when the trail is unbroken. */
  readonly problems: readonly TrailProblem[];
}

/** A place in the chain. */
export interface Place {
  readonly sequence: number;
  readonly hash: Uint8Array;
}

/** In front of the first record of all: 32 zero bytes. */
export const genesis: Place = { sequence: 0, hash: new Uint8Array(32) };

const maxProblems = 20;
const instant = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/;

/**
 * Recomputes a trail's chain line by line and compares it with the checkpoints that were signed meanwhile, by the
 * rules of SecureZoom.Verification; tests/vectors hold both to them.
 */
export class TrailVerifier {
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  readonly #ahead: readonly SignedCheckpoint[];
  readonly #problems: TrailProblem[];
  readonly #organization: string | undefined;
  // One for all records: it keeps its state in numbers that V8 need not put on its heap.
  readonly #sha = new SHA256();
  readonly #hash: Uint8Array;
  #met = 0;
  #next: number;
  #marks = new Uint8Array();
  #marksFrom = 0;
  #marksOf: SignedCheckpoint | undefined;
  #provedTo = 0;
  #records = 0;
  #firstChanged: number | undefined;
  #changed = false;
  #misplaced = false;
  #first: string | undefined;
  #last = { seconds: -Infinity, fraction: '' };
  #coveredTo: Statement | undefined;

  /** `organization`: whose records they must be; without it, the checkpoints'. */
  constructor(series: Series, before: Place, organization?: string) {
    this.#ahead = series.checkpoints;
    this.#problems = [...series.problems];
    this.#organization = organization ?? series.checkpoints[0]?.statement.organization;
    this.#hash = before.hash.slice();
    this.#next = before.sequence + 1;
    this.#meet();
  }

  get records(): number {
    return this.#records;
  }

  /** Takes the next line: UTF-8 JSON without its line break. */
  add(line: Uint8Array): void {
    this.#checkPlace(line);
    this.#sha.reset().update(this.#hash).update(line).finish(this.#hash);
    this.#checkMark();
    this.#next++;
    this.#records++;
    this.#meet();
  }

  report(problem: TrailProblem): void {
    if (this.#problems.length < maxProblems) this.#problems.push(problem);
  }

  finish(): Verdict {
    const to = this.#ahead.at(-1)?.statement.sequence ?? 0;
    if (this.#met < this.#ahead.length && to >= this.#next)
      this.report({ kind: 'missing', sequence: this.#next, to });
    return {
      records: this.#records,
      firstRecordedAt: this.#first,
      coveredTo: this.#coveredTo,
      problems: this.#problems.toSorted((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0)),
    };
  }

  #checkPlace(line: Uint8Array): void {
    const { sequence, organization, recordedAt } = this.#read(line);
    const time = typeof recordedAt === 'string' ? instant.exec(recordedAt) : null;
    const seconds = time ? Date.parse(`${time[1] ?? ''}${time[3] ?? ''}`) / 1000 : NaN;
    const fraction = time?.[2] ?? '';
    const isEarlier =
      seconds < this.#last.seconds ||
      (seconds === this.#last.seconds && inTicks(fraction) < inTicks(this.#last.fraction));

    if (
      sequence !== this.#next ||
      (this.#organization !== undefined && organization !== this.#organization) ||
      Number.isNaN(seconds) ||
      isEarlier
    ) {
      // One that is out of place puts those behind it out of place too.
      if (!this.#misplaced) this.report({ kind: 'misplaced', sequence: this.#next });
      this.#misplaced = true;
      return;
    }
    this.#first ??= recordedAt as string;
    this.#last = { seconds, fraction };
  }

  #read(line: Uint8Array): Record<string, unknown> {
    try {
      const value: unknown = JSON.parse(this.#decoder.decode(line));
      return isRecord(value) ? value : {};
    } catch {
      return {};
    }
  }

  /** Finds the first record whose hash is not the one that the next checkpoint saw. */
  #checkMark(): void {
    const start = (this.#next - this.#marksFrom) * markSize;
    if (this.#firstChanged !== undefined || start < 0 || start + markSize > this.#marks.length) return;
    for (let index = 0; index < markSize; index++)
      if (this.#marks[start + index] !== this.#hash[index]) {
        this.#firstChanged = this.#next;
        return;
      }
  }

  /** Compares the chain with the checkpoints at this place, and takes the marks of the next one. */
  #meet(): void {
    let next = this.#ahead[this.#met];
    while (next && next.statement.sequence < this.#next) {
      this.#compare(next.statement);
      next = this.#ahead[++this.#met];
    }
    if (!next || next === this.#marksOf) return;
    this.#marksOf = next;
    this.#marks = decode(next.statement.marks);
    this.#marksFrom = next.statement.sequence - Math.floor(this.#marks.length / markSize) + 1;
  }

  #compare(statement: Statement): void {
    // In front of the first line: of no use to a part of a trail.
    if (statement.sequence < this.#next - 1) return;
    if (statement.hash === toHex(this.#hash)) {
      this.#coveredTo = statement;
      this.#provedTo = statement.sequence;
    } else if (!this.#changed) {
      // Once a record is another one, every later hash is.
      this.#changed = true;
      this.report({
        kind: 'changed',
        sequence: this.#firstChanged ?? this.#provedTo + 1,
        signedAt: statement.signedAt,
      });
    }
  }
}

/** Ten-thousandths of a millisecond: more than a Date or a number of our time holds. */
function inTicks(fraction: string): string {
  return fraction.slice(0, 7).padEnd(7, '0');
}

function decode(marks: string): Uint8Array<ArrayBuffer> {
  try {
    return fromBase64Url(marks);
  } catch {
    return new Uint8Array();
  }
}
