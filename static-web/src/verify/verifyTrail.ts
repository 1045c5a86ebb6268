import { ApiError } from '../api/ApiError';
import { chunksOf } from '../api/chunks';
import type { Api } from '../api/client';
import type { Answer, Order } from './protocol';
import type { Seen } from './series';
import type { Verdict } from './TrailVerifier';
import VerifyWorker from './verify.worker?worker';

/** Telling of every chunk would keep the page busy with nothing else. */
const progressMilliseconds = 150;

export interface Wanted {
  readonly organization: string;
  /** Fingerprints. */
  readonly trusted: readonly string[];
  readonly seen?: Seen | undefined;
}

export interface Verification {
  readonly verdict: Verdict;
  /** The last checkpoint that holds. */
  readonly latest?: Seen;
}

/**
 * Fetches a whole trail and its checkpoints and verifies them in a worker, so that the page stays usable. Rejects
 * with ApiError, or with AbortError.
 */
export async function verifyTrail(
  api: Api,
  { organization, trusted, seen }: Wanted,
  onProgress: (records: number) => void,
  signal: AbortSignal,
): Promise<Verification> {
  // First the checkpoints: one signed meanwhile would cover records that the export has not.
  const { checkpoints } = await api.listCheckpoints(organization, signal);
  const worker = new VerifyWorker();
  try {
    const ask = (order: Order, transfer: Transferable[] = []) => askWorker(worker, order, transfer);
    const begun = ask({ kind: 'begin', organization, checkpoints, trusted, ...(seen ? { seen } : {}) });
    const [response] = await Promise.all([
      api.exportAudit({ organization }, 'application/x-ndjson', signal),
      begun,
    ]);
    const chunks = chunksOf(response);
    let told = 0;
    // The next chunk arrives while the worker works on this one; it is never more than one behind.
    for (let next = await chunks.next(); !next.done;) {
      const bytes = next.value;
      const [taken, after] = await Promise.all([
        ask({ kind: 'chunk', bytes }, [bytes.buffer]),
        chunks.next(),
      ]);
      if (taken.kind === 'taken' && performance.now() - told > progressMilliseconds) {
        told = performance.now();
        onProgress(taken.records);
      }
      next = after;
    }
    const answer = await ask({ kind: 'end' });
    if (answer.kind === 'done') return answer;
    throw ApiError.incomplete();
  } finally {
    worker.terminate();
  }
}

function askWorker(worker: Worker, order: Order, transfer: Transferable[]): Promise<Answer> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Answer>) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(order, transfer);
  });
}
