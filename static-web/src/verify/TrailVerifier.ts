import { signingPatience } from '../trail/judge';
import type { TrailCheckpoint } from './checkpoint';
import type { Cut } from './cut';
import type { Part } from './ends';
import { isBefore, type DeedPlace, type Instant } from './deedPlace';
import { IdSet } from './IdSet';
import type { Inspection } from './inspect';
import { hashSize, isSameHead, TreeEdge, verifyConsistency, type TreeHead } from './log/merkle';
import type { TrailProblem } from './problems';
import type { Series } from './series';
import { WithheldParts, type ErasedParts, type Erasures } from './withheld';

export interface Verdict {
  /** How many lines were looked at. */
  readonly records: number;
  /** How many of them withhold people or texts; undefined of what is no evidence file, which alone may. */
  readonly withheld?: number;
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
  /** What was destroyed in it. */
  readonly erased: Erasures;
  /** What was let go of its beginning; undefined where nothing was, or it was not asked for from there. */
  readonly cut?: Cut;
  /** What of the trail it is; undefined of a whole one. */
  readonly part?: Part;
  /** Those of no record first, then by record; none when the trail is unbroken. */
  readonly problems: readonly TrailProblem[];
}

/** What a trail is held against, beside its checkpoints. */
export interface Expectations {
  /** Seconds since 1970. */
  readonly now: number;
  /** The tree in front of the first record; without it, there is none. */
  readonly before?: TreeEdge;
  /** Whether it was asked for from the trail's beginning: what is in front of the first record was let go, or is missing. */
  readonly isFromBeginning?: boolean;
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
  /** Whether the log went on behind the last record: what is not explained here may be there. */
  readonly endsEarlier?: boolean;
}

/** A checkpoint of a larger tree, and the consistency proof (RFC 9162, 2.1.4) that leads to it. */
export interface LaterCheckpoint {
  readonly checkpoint: TrailCheckpoint;
  readonly path: readonly Uint8Array[];
}

/** Of each kind, so that much of one hides no other. */
const maxOfOne = 20;
/** Records that may be missing in one place and the others still be told apart. */
const maxGap = 10_000;
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
  readonly #withheld = new WithheldParts();
  /** Records that say up to which others were let go. */
  readonly #cuts: { readonly sequence: number; readonly last: number }[] = [];
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
      const isInPlace = this.#isInPlace(record.place);
      if (!record.isWhole) this.report({ code: 'changed', sequence: this.#next });
      else if (isInPlace) this.#takeWithheld(record);
    } else this.report({ code: 'unreadable', sequence: this.#next });
    this.#append(record?.leaf ?? nothing);
    this.#records++;
  }

  /** Takes a record behind the last one that says which parts were to be destroyed, and is proved to be in the log. */
  explain(sequence: number, parts: readonly ErasedParts[]): void {
    this.#withheld.explain(sequence, parts, true);
  }

  /** Takes a record behind the last one that says up to which others were let go, and is proved to be in the log. */
  explainCut(sequence: number, last: number): void {
    this.#cuts.push({ sequence, last });
  }

  report(problem: TrailProblem): void {
    const same = this.#problems.filter(({ code }) => code === problem.code);
    if (same.length < maxOfOne) this.#problems.push(problem);
  }

  finish(): Verdict {
    const { later, seen, isEarlier, endsEarlier } = this.#expected;
    if (later) {
      const { head } = later.checkpoint;
      this.#compare(later.checkpoint, verifyConsistency(later.path, this.#edge.head, head));
      if (seen?.size === head.size && !isSameHead(seen, head))
        this.report({ code: 'fork', seenSize: head.size });
    }
    const to = Math.max(
      this.#ahead.at(-1)?.head.size ?? 0,
      isEarlier ? 0 : (seen?.size ?? 0),
      // What was asked for to its end has all that was signed by then.
      endsEarlier ? 0 : (later?.checkpoint.head.size ?? 0),
    );
    if (to >= this.#next) this.report({ code: 'missing', sequence: this.#next, to });
    if (this.#last && this.#isNotSigned(this.#last))
      this.report({ code: 'not_signed', recordedAt: this.#last.text });
    if (!endsEarlier)
      for (const sequence of this.#withheld.unexplained)
        this.report({ code: 'erased_without_record', sequence });
    const cut = this.#judgeCut();
    if (cut?.by === null && !endsEarlier) {
      const sequence = Math.max(0, ...this.#cuts.map(({ last }) => last)) + 1;
      this.report({ code: 'missing', sequence, to: this.#before });
    }
    return {
      records: this.#records,
      firstRecordedAt: this.#first?.text,
      lastRecordedAt: this.#last?.text,
      waitingSince: this.#waitingSince?.seconds,
      proved: Math.max(0, Math.min(this.#coveredTo?.head.size ?? 0, this.#edge.size) - this.#before),
      coveredTo: this.#coveredTo,
      seenBy: this.#seenBy,
      erased: this.#withheld.judge(this.#coveredTo?.head.size ?? 0),
      ...(cut && { cut }),
      problems: this.#problems.toSorted((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0)),
    };
  }

  /** What explains it from behind the last record is proved. */
  #judgeCut(): Cut | undefined {
    if (!this.#expected.isFromBeginning || this.#before === 0) return undefined;
    const [by] = this.#cuts
      .filter(({ last }) => last >= this.#before)
      .map(({ sequence }) => sequence)
      .toSorted((a, b) => a - b);
    const isProved = by !== undefined && (by <= (this.#coveredTo?.head.size ?? 0) || by > this.#edge.size);
    return { last: this.#before, by: by ?? null, isProved };
  }

  #takeWithheld({ withheld, authority, cut }: Inspection): void {
    if (cut !== undefined) this.#cuts.push({ sequence: this.#next, last: cut });
    if (withheld) this.#withheld.add(this.#next, withheld);
    if (authority) this.#withheld.explain(this.#next, authority);
  }

  #isInPlace(place: DeedPlace | undefined): boolean {
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
      return false;
    }
    if (!this.#ids.add(place.id)) this.report({ code: 'twice', sequence: this.#next });
    this.#checkTime(place);
    return true;
  }

  #checkTime({ index, recordedAt }: DeedPlace): void {
    const { now } = this.#expected;
    const latest = { text: '', seconds: now + signingPatience, ticks: 0 };
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
      signedAt === undefined ? this.#waitingSince !== undefined : signedAt + signingPatience < last.seconds;
    return isOld && (this.#waitingSince ?? last).seconds + signingPatience < this.#expected.now;
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
