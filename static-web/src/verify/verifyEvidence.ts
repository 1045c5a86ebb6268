import { ApiError } from '../api/ApiError';
import { isRecord } from '../format/isRecord';
import { toUtf8 } from '../format/bytes';
import { signingPatience } from '../trail/judge';
import type { CheckpointFile, TrailCheckpoint } from './checkpoint';
import { isBefore, type Instant } from './deedPlace';
import { inspect, type Inspection } from './inspect';
import { formatCheckpoint } from './log/checkpoint';
import { isSameHead, verifyInclusion, type TreeHead } from './log/merkle';
import { parseProof, type TlogProof } from './log/proof';
import type { TrailProblem } from './problems';
import { readSeries } from './series';
import { readCheckpoint } from './trailer';
import type { Verdict } from './TrailVerifier';
import { nothingErased, WithheldParts } from './withheld';

/** Records picked out of one log, and behind each its own proof, so that they prove themselves. */
interface Evidence {
  /** A record and its proof in turn, as they are written. */
  readonly lines: readonly string[];
  /** How many records it says it has. */
  readonly records: number;
  /** The one that each proof leads to. */
  readonly checkpoint: CheckpointFile;
  /** Whether it is about one person, and withholds the others: else nothing may be withheld but what was erased on record. */
  readonly isPartial: boolean;
}

interface Expected {
  /** Whose records they must be. */
  readonly organization?: string;
  /** Fingerprints and vkeys. */
  readonly trusted: readonly string[];
  /** Seconds since 1970. */
  readonly now: number;
  /** What an earlier verification saw of the log `log`. */
  readonly seen?: (TreeHead & { readonly log: string }) | undefined;
}

/** Of each kind, so that much of one hides no other. */
const maxOfOne = 20;
/** Twice what the API puts into one. */
const maxBytes = 64 * 1024 * 1024;
const endStart = '{"evidence":';

/** Undefined for a file that ends otherwise, as an export does. Rejects with ApiError when it is too large to be one. */
export async function readEvidence(file: Blob): Promise<Evidence | undefined> {
  const tail = await file.slice(-maxBytes / 1024).text();
  if (!tail.trimEnd().split('\n').at(-1)?.startsWith(endStart)) return undefined;
  if (file.size > maxBytes) throw ApiError.incomplete();
  const lines = (await file.text()).trimEnd().split('\n');
  try {
    const { evidence } = JSON.parse(lines.pop()!) as { readonly evidence: unknown };
    const { records, checkpoint, partial } = isRecord(evidence) ? evidence : {};
    if (Number.isSafeInteger(records))
      return {
        lines,
        records: records as number,
        checkpoint: readCheckpoint(checkpoint),
        isPartial: partial === true,
      };
  } catch {
    // Told below.
  }
  throw ApiError.incomplete();
}

/**
 * Checks that every record is in the signed log, in its place and unchanged, and that nothing is withheld of it but in a
 * file that says so, or what a record of the file erases; by the rules of SecureZoom.Verification, and tests/vectors hold
 * both to them. What else the log has, it cannot tell.
 */
export async function verifyEvidence(evidence: Evidence, expected: Expected): Promise<Verdict> {
  const series = await readSeries([[evidence.checkpoint]], expected.trusted);
  const verifier = new EvidenceVerifier(series.checkpoints[0], [...series.problems], expected);
  const { lines } = evidence;
  for (let at = 0; at < lines.length; at += 2) verifier.add(lines[at]!, lines[at + 1]);
  return verifier.finish(evidence);
}

class EvidenceVerifier {
  readonly #checkpoint: TrailCheckpoint | undefined;
  readonly #problems: TrailProblem[];
  readonly #expected: Expected;
  readonly #ids = new Set<string>();
  #records = 0;
  readonly #parts = new WithheldParts();
  #withheld = 0;
  #size = 0;
  #first: Instant | undefined;
  #last: Instant | undefined;

  constructor(checkpoint: TrailCheckpoint | undefined, problems: TrailProblem[], expected: Expected) {
    this.#checkpoint = checkpoint;
    this.#problems = problems;
    this.#expected = expected;
  }

  add(line: string, proofLine: string | undefined): void {
    this.#records++;
    const record = inspect(toUtf8(line));
    const proof = readProof(proofLine);
    if (!record?.place || !proof) {
      this.#report({ code: 'unreadable', behind: this.#size });
      return;
    }
    const { log, index, id, organization, recordedAt } = record.place;
    const sequence = index + 1;
    if (
      index !== proof.index ||
      sequence <= this.#size ||
      log !== (this.#checkpoint?.origin ?? log) ||
      organization !== (this.#expected.organization ?? organization)
    ) {
      this.#report({ code: 'misplaced', sequence });
      return;
    }
    this.#size = sequence;
    if (record.withheld) this.#withheld++;
    if (this.#ids.has(id)) this.#report({ code: 'twice', sequence });
    this.#ids.add(id);
    this.#checkTime(recordedAt, sequence);
    this.#checkProof(record, proof, sequence);
  }

  finish({ records: reported, isPartial }: Evidence): Verdict {
    const { seen } = this.#expected;
    const checkpoint = this.#checkpoint;
    if (reported !== this.#records) this.#report({ code: 'missing', records: this.#records, reported });
    if (!isPartial)
      for (const sequence of this.#parts.unexplained)
        this.#report({ code: 'erased_without_record', sequence });
    if (seen && seen.log === checkpoint?.origin && seen.size === checkpoint.head.size)
      if (!isSameHead(seen, checkpoint.head)) this.#report({ code: 'fork', seenSize: seen.size });
    return {
      records: this.#records,
      withheld: this.#withheld,
      // What is withheld of a file about one person is left out on purpose, or erased: it says neither.
      erased: isPartial ? nothingErased : this.#parts.judge(checkpoint?.head.size ?? 0),
      firstRecordedAt: this.#first?.text,
      lastRecordedAt: this.#last?.text,
      waitingSince: undefined,
      proved: checkpoint ? this.#records : 0,
      coveredTo: checkpoint,
      seenBy: new Map(
        checkpoint?.seenBy.map(({ key, time = 0 }) => [
          `${key.name}+${key.id}`,
          { name: key.name, size: checkpoint.head.size, time },
        ]),
      ),
      problems: this.#problems.toSorted((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0)),
    };
  }

  #checkTime(recordedAt: Instant, sequence: number): void {
    const latest = { text: '', seconds: this.#expected.now + signingPatience, ticks: 0 };
    if ((this.#last && isBefore(recordedAt, this.#last)) || isBefore(latest, recordedAt)) {
      this.#report({ code: 'time', sequence, recordedAt: recordedAt.text });
      return;
    }
    this.#first ??= recordedAt;
    this.#last = recordedAt;
  }

  #checkProof(record: Inspection, proof: TlogProof, sequence: number): void {
    const { leaf, isWhole, withheld, authority } = record;
    const checkpoint = this.#checkpoint;
    if (checkpoint && proof.checkpoint.text !== formatCheckpoint(checkpoint))
      this.#report({ code: 'bad_checkpoint', sequence });
    else if (!isWhole || (checkpoint && !verifyInclusion(proof.path, proof.index, leaf, checkpoint.head)))
      this.#report({ code: 'changed', sequence });
    else {
      if (withheld) this.#parts.add(sequence, withheld);
      if (authority) this.#parts.explain(sequence, authority);
    }
  }

  #report(problem: TrailProblem): void {
    const same = this.#problems.filter(({ code }) => code === problem.code);
    if (same.length < maxOfOne) this.#problems.push(problem);
  }
}

function readProof(line: string | undefined): TlogProof | undefined {
  try {
    const value: unknown = JSON.parse(line ?? '');
    return isRecord(value) && typeof value['proof'] === 'string'
      ? parseProof(toUtf8(value['proof']))
      : undefined;
  } catch {
    return undefined;
  }
}
