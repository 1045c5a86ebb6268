import { chunksOf } from '../api/chunks';
import { ExportReader } from '../api/ExportReader';
import { toBase64 } from '../format/bytes';
import type { CheckpointFile } from './checkpoint';
import { findOpenEnds, readPart } from './ends';
import type { TreeEdge, TreeHead } from './log/merkle';
import { readHash } from './log/strict';
import type { Inspection } from './inspect';
import { readLaterRecord } from './laterErasure';
import { InspectorHere, type Inspector } from './Inspector';
import type { Seen } from './pins';
import { readSeries } from './series';
import { readTrailer } from './trailer';
import { TrailVerifier, type Verdict } from './TrailVerifier';
import { readEvidence, verifyEvidence } from './verifyEvidence';

export interface VerificationRequest {
  readonly organization: string;
  /** Fingerprints and vkeys. */
  readonly trusted: readonly string[];
  readonly seen?: Seen | undefined;
}

/** Of a file, which somebody may check who is of no organisation, and of several trails. */
export interface FileRequest {
  /** Whose records they must be; undefined where that is for the reader to see. */
  readonly organization?: string | undefined;
  /** Fingerprints and vkeys. */
  readonly trusted: readonly string[];
  /** One of each log. */
  readonly seen?: readonly Seen[];
}

export interface Progress {
  readonly records: number;
  /** How many there are; of a trail that is read as it grows, how many were signed for. */
  readonly expected: number;
}

/** How it is done. */
export interface Work {
  readonly onProgress?: (progress: Progress) => void;
  readonly inspector?: Inspector;
  /** Bytes of lines that are inspected together: enough that handing them over costs little. */
  readonly batchSize?: number;
}

const usualBatchSize = 256 * 1024;

export interface Verification {
  readonly verdict: Verdict;
  /** What is proved, to be held against the next verification. */
  readonly latest?: Seen;
}

/**
 * Verifies a whole trail, as it comes, against the checkpoints that were fetched before it. Rejects with ApiError when
 * it breaks off: then there is nothing to say about the trail. `now`: seconds since 1970. `beginning`: once the
 * checkpoints are there, the tree of what the service says was let go.
 */
export async function verifyExport(
  chunks: AsyncIterable<Uint8Array>,
  checkpoints: AsyncIterable<readonly CheckpointFile[]> | Iterable<readonly CheckpointFile[]>,
  { organization, trusted, seen }: VerificationRequest,
  now: number,
  work: Work = {},
  beginning: () => TreeEdge | undefined = () => undefined,
): Promise<Verification> {
  const series = await readSeries(checkpoints, trusted);
  // The whole trail is asked for, so it begins at the beginning, whatever the trailer says: what is in front was let go.
  const before = beginning();
  const verifier = new TrailVerifier(series, {
    now,
    organization,
    isFromBeginning: true,
    ...(before && { before }),
    ...expectationsOf(seen),
  });
  return verifyLines(chunks, verifier, series.checkpoints.at(-1)?.head.size ?? 0, work);
}

/**
 * Verifies an export that somebody kept, by the checkpoint in its trailer, or an evidence file. Undefined when it has
 * none: filters left records out, or nothing was signed. Rejects with ApiError when the file is not whole.
 */
export async function verifyFile(
  file: Blob,
  { organization, trusted, seen: allSeen = [] }: FileRequest,
  now: number,
  work: Work = {},
): Promise<Verification | undefined> {
  const whose = organization === undefined ? {} : { organization };
  const evidence = await readEvidence(file);
  if (evidence) {
    const seen = allSeen.find(({ log }) => evidence.checkpoint.note.startsWith(`${log}\n`));
    const head = seen && headOf(seen);
    const earlier = head && { ...head, log: seen.log };
    return { verdict: await verifyEvidence(evidence, { ...whose, trusted, now, seen: earlier }) };
  }
  const trailer = await readTrailer(file);
  const { records, before, checkpoint, witnessed, path, endsEarlier, erasures, isFromBeginning, cut } =
    trailer;
  if (!checkpoint) return undefined;
  const [newest] = (await readSeries([[checkpoint]], trusted)).checkpoints;
  const seen = allSeen.find(({ log }) => log === newest?.origin);
  const series = await readSeries([witnessed ? [witnessed, checkpoint] : [checkpoint]], trusted);
  const end = before.size + records;
  // The verifier lets the tree in front of the lines grow.
  const openEnds = newest ? findOpenEnds(trailer, newest) : [];
  const part = newest && readPart(trailer, newest);
  const ofLines = series.checkpoints.filter(({ head }) => head.size <= end);
  const later = path && newest ? { checkpoint: newest, path } : undefined;
  const verifier = new TrailVerifier(later ? { ...series, checkpoints: ofLines } : series, {
    now,
    ...whose,
    before,
    later,
    isEarlier: true,
    endsEarlier,
    isFromBeginning,
    log: newest?.origin,
    // Of another log, or of a place that this part does not have, it says nothing.
    seen: seen && headOf(seen),
  });
  const lines = () => chunksOf(new Response(file));
  const verification = await verifyLines(lines(), verifier, records, work, () => {
    for (const record of newest ? [...erasures, ...(cut ? [cut] : [])] : []) {
      const { sequence, inspection } = readLaterRecord(record, newest!) ?? {};
      if (sequence === undefined) continue;
      if (inspection?.authority) verifier.explain(sequence, inspection.authority);
      if (inspection?.cut !== undefined) verifier.explainCut(sequence, inspection.cut);
    }
    openEnds.forEach((problem) => verifier.report(problem));
  });
  return part ? { ...verification, verdict: { ...verification.verdict, part } } : verification;
}

async function verifyLines(
  chunks: AsyncIterable<Uint8Array>,
  verifier: TrailVerifier,
  expected: number,
  { onProgress = () => undefined, inspector = new InspectorHere(), batchSize = usualBatchSize }: Work,
  explain: () => void = () => undefined,
): Promise<Verification> {
  let lines: Uint8Array[] = [];
  let bytes = 0;
  const reader = new ExportReader((line) => {
    lines.push(line);
    bytes += line.length;
  });
  const ahead: Promise<readonly (Inspection | undefined)[]>[] = [];
  const inspectRest = () => {
    ahead.push(inspector.inspect(lines));
    lines = [];
    bytes = 0;
  };
  const takeNext = async () => {
    for (const record of (await ahead.shift()) ?? []) verifier.add(record);
    onProgress({ records: verifier.records, expected });
  };
  for await (const chunk of chunks) {
    reader.add(chunk);
    if (bytes >= batchSize) inspectRest();
    // No more is read than is looked at: a trail may be larger than the memory.
    while (ahead.length > inspector.capacity) await takeNext();
  }
  inspectRest();
  while (ahead.length > 0) await takeNext();
  const reported = reader.end();
  if (reported !== verifier.records)
    verifier.report({ code: 'missing', records: verifier.records, reported });
  explain();
  const verdict = verifier.finish();
  const { coveredTo } = verdict;
  return coveredTo
    ? {
        verdict,
        latest: { log: coveredTo.origin, size: coveredTo.head.size, root: toBase64(coveredTo.head.root) },
      }
    : { verdict };
}

function expectationsOf(seen: Seen | undefined) {
  const head = seen && headOf(seen);
  return head ? { log: seen.log, seen: head } : {};
}

function headOf({ size, root }: Seen): TreeHead | undefined {
  const hash = readHash(root);
  return hash && { size, root: hash };
}
