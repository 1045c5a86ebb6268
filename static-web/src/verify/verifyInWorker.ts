import { ApiError } from '../api/ApiError';
import type { Source, WorkerResponse, WorkerRequest } from './protocol';
import VerifyWorker from './verify.worker?worker';
import type { Progress, Verification, VerificationRequest } from './verifyExport';

/**
 * Verifies a whole trail, or a file, in a worker, so that the page stays usable. Undefined for a file without a
 * checkpoint. Rejects with ApiError, or with AbortError.
 */
export async function verifyInWorker(
  source: Source,
  request: VerificationRequest,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<Verification | undefined> {
  const message: WorkerRequest = { source, request };
  signal.throwIfAborted();
  const worker = new VerifyWorker();
  try {
    return await new Promise<Verification | undefined>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as DOMException), { once: true });
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.onmessage = ({ data }: MessageEvent<WorkerResponse>) => {
        if (data.kind === 'progress') onProgress(data.progress);
        else if (data.kind === 'done') resolve(data.verification);
        else reject(new ApiError(data.status, data.problem));
      };
      worker.postMessage(message);
    });
  } finally {
    worker.terminate();
  }
}
