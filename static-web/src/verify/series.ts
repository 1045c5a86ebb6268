import { createCheckpointReader, type CheckpointFile, type TrailCheckpoint } from './checkpoint';
import { isSameHead } from './log/merkle';
import type { TrailProblem } from './problems';

/** Checkpoints of one log in the order in which they were signed, each genuine, by a trusted key, with a higher number and no smaller than the one before. */
export interface Series {
  /** Those that hold; garbage among them is a problem and stepped over. */
  readonly checkpoints: readonly TrailCheckpoint[];
  readonly problems: readonly TrailProblem[];
}

/** How many signatures are checked side by side. */
const batchSize = 64;

/** `pages`: of any size, the oldest checkpoint first. `trusted`: fingerprints and vkeys. */
export async function readSeries(
  pages: AsyncIterable<readonly CheckpointFile[]> | Iterable<readonly CheckpointFile[]>,
  trusted: readonly string[],
): Promise<Series> {
  const open = createCheckpointReader(trusted);
  const checkpoints: TrailCheckpoint[] = [];
  const problems: TrailProblem[] = [];
  let number = 0;
  let last = 0;
  for await (const page of pages)
    for (let start = 0; start < page.length; start += batchSize)
      for (const opened of await Promise.all(page.slice(start, start + batchSize).map(open))) {
        number++;
        if ('bad' in opened) {
          problems.push({ code: 'bad_checkpoint', number, ...opened.bad });
          continue;
        }
        const { checkpoint } = opened;
        const isBehind = checkpoint.number !== undefined && checkpoint.number <= last;
        if (isBehind && checkpoints.some((before) => isCopy(before, checkpoint)))
          problems.push({ code: 'bad_checkpoint', number });
        else if (isBehind || !follows(checkpoints.at(-1), checkpoint))
          problems.push({ code: 'fork', number });
        else {
          checkpoints.push(checkpoint);
          last = checkpoint.number ?? last;
        }
      }
  return { checkpoints, problems };
}

function isCopy(before: TrailCheckpoint, checkpoint: TrailCheckpoint): boolean {
  return before.number === checkpoint.number && isSameHead(before.head, checkpoint.head);
}

function follows(before: TrailCheckpoint | undefined, checkpoint: TrailCheckpoint): boolean {
  return (
    !before ||
    (checkpoint.origin === before.origin &&
      (checkpoint.head.size > before.head.size || isSameHead(checkpoint.head, before.head)) &&
      !((checkpoint.signedAt ?? Infinity) < (before.signedAt ?? -Infinity)))
  );
}
