import { ApiError } from '../api/ApiError';
import type { CheckpointVerdict } from './checkpointFile';
import type { Source, WorkerResponse } from './protocol';
import VerifyWorker from './verify.worker?worker';
import type { Progress, Verification } from './verifyExport';

/**
 * Verifies a whole trail, or a file, in a worker, so that the page stays usable. Undefined for a file without a
 * checkpoint, and what checkpoints say for a file of nothing else. Rejects with ApiError, or with AbortError.
 */
export async function verifyInWorker(
  source: Source,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<Verification | CheckpointVerdict | undefined> {
  signal.throwIfAborted();
  const worker = new VerifyWorker();
  try {
    return await new Promise<Verification | CheckpointVerdict | undefined>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as DOMException), { once: true });
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.onmessage = ({ data }: MessageEvent<WorkerResponse>) => {
        if (data.kind === 'progress') onProgress(data.progress);
        else if (data.kind === 'done') resolve(data.verification);
        else reject(new ApiError(data.status, data.problem));
      };
      worker.postMessage(source);
    });
  } finally {
    worker.terminate();
  }
}
