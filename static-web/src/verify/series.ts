import { createCheckpointReader, type SignedCheckpoint } from './checkpoint';
import type { TrailProblem } from './problems';

/** The last checkpoint of an earlier verification. */
export interface Seen {
  readonly digest: string;
  /** Seconds since 1970. */
  readonly signedAt: number;
}

/** Checkpoints in the order in which they were signed, each genuine and by a pinned key. */
export interface Series {
  /** Those that hold; what comes after a gap holds too, but the gap is a problem. */
  readonly checkpoints: readonly SignedCheckpoint[];
  readonly problems: readonly TrailProblem[];
}

/** How many signatures are checked side by side. */
const batchSize = 64;

/**
 * `compact`: the oldest first. `trusted`: fingerprints. `seen`: must still be among them, or the trail and its
 * checkpoints were cut together, which neither of the two shows.
 */
export async function readSeries(
  compact: readonly string[],
  trusted: readonly string[],
  seen?: Seen,
): Promise<Series> {
  const read = createCheckpointReader();
  const checkpoints: SignedCheckpoint[] = [];
  const problems: TrailProblem[] = [];
  for (let start = 0; start < compact.length; start += batchSize) {
    const batch = await Promise.all(compact.slice(start, start + batchSize).map(read));
    for (const [index, checkpoint] of batch.entries()) {
      const number = start + index + 1;
      if (!checkpoint) problems.push({ kind: 'bad_checkpoint', number });
      else if (!trusted.includes(checkpoint.signer))
        problems.push({ kind: 'bad_checkpoint', number, signer: checkpoint.signer });
      else {
        if (!follows(checkpoints.at(-1), checkpoint)) problems.push({ kind: 'missing_checkpoint', number });
        checkpoints.push(checkpoint);
      }
    }
  }
  if (seen && !checkpoints.some(({ digest }) => digest === seen.digest))
    problems.push({ kind: 'missing_checkpoint', seenAt: seen.signedAt });
  return { checkpoints, problems };
}

function follows(before: SignedCheckpoint | undefined, { statement }: SignedCheckpoint): boolean {
  return (
    !before ||
    (statement.organization === before.statement.organization &&
      statement.sequence >= before.statement.sequence &&
      statement.previous === before.digest)
  );
}
