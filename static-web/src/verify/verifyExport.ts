import { ExportReader } from '../api/ExportReader';
import { toBase64 } from '../format/bytes';
import type { CheckpointFile } from './checkpoint';
import { readHash } from './log/strict';
import type { Seen } from './pins';
import { readSeries } from './series';
import { TrailVerifier, type Verdict } from './TrailVerifier';

export interface VerificationRequest {
  readonly organization: string;
  /** Fingerprints and vkeys. */
  readonly trusted: readonly string[];
  readonly seen?: Seen | undefined;
}

export interface Progress {
  readonly records: number;
  /** How many were signed for; there may be more. */
  readonly signed: number;
}

export interface Verification {
  readonly verdict: Verdict;
  /** What is proved, to be held against the next verification. */
  readonly latest?: Seen;
}

/**
 * Verifies a whole export, as it comes, against the checkpoints that were fetched before it. Rejects with ApiError
 * when it breaks off: then there is nothing to say about the trail. `now`: seconds since 1970.
 */
export async function verifyExport(
  chunks: AsyncIterable<Uint8Array>,
  checkpoints: AsyncIterable<readonly CheckpointFile[]> | Iterable<readonly CheckpointFile[]>,
  { organization, trusted, seen }: VerificationRequest,
  now: number,
  onProgress: (progress: Progress) => void = () => undefined,
): Promise<Verification> {
  const series = await readSeries(checkpoints, trusted);
  // The whole trail is asked for, so it begins at the beginning, whatever the trailer says.
  const verifier = new TrailVerifier(series, { now, organization, ...expectationsOf(seen) });
  const reader = new ExportReader((line) => verifier.add(line));
  const signed = series.checkpoints.at(-1)?.head.size ?? 0;
  for await (const chunk of chunks) {
    reader.add(chunk);
    onProgress({ records: verifier.records, signed });
  }
  const reported = reader.end();
  if (reported !== verifier.records)
    verifier.report({ code: 'missing', records: verifier.records, reported });
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
  const root = seen && readHash(seen.root);
  return root ? { log: seen.log, seen: { size: seen.size, root } } : {};
}
