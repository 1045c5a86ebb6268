import { ExportReader } from '../api/ExportReader';
import { readSeries, type Seen } from './series';
import { genesis, TrailVerifier, type Verdict } from './TrailVerifier';

export interface VerificationRequest {
  readonly organization: string;
  /** Fingerprints. */
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
  /** The last checkpoint that holds. */
  readonly latest?: Seen;
}

/**
 * Verifies a whole export, as it comes, against the checkpoints that were fetched before it. Rejects with ApiError
 * when it breaks off: then there is nothing to say about the trail.
 */
export async function verifyExport(
  chunks: AsyncIterable<Uint8Array>,
  checkpoints: readonly string[],
  { organization, trusted, seen }: VerificationRequest,
  onProgress: (progress: Progress) => void = () => undefined,
): Promise<Verification> {
  const series = await readSeries(checkpoints, trusted, seen);
  // The whole trail is asked for, so it begins at the beginning, whatever the trailer says.
  const verifier = new TrailVerifier(series, genesis, organization);
  const reader = new ExportReader((line) => verifier.add(line));
  const last = series.checkpoints.at(-1);
  const signed = last?.statement.sequence ?? 0;
  for await (const chunk of chunks) {
    reader.add(chunk);
    onProgress({ records: verifier.records, signed });
  }
  const reported = reader.end();
  if (reported !== verifier.records)
    verifier.report({ kind: 'missing', records: verifier.records, reported });
  return {
    verdict: verifier.finish(),
    ...(last ? { latest: { digest: last.digest, signedAt: last.statement.signedAt } } : {}),
  };
}
