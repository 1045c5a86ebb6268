import { ApiError } from '../api/ApiError';
import type { Api } from '../api/client';
import type { WorkerResponse, WorkerRequest } from './protocol';
import VerifyWorker from './verify.worker?worker';
import type { Progress, Verification, VerificationRequest } from './verifyExport';

/**
 * Fetches a whole trail and its checkpoints and verifies them, all of it in a worker, so that the page stays usable.
 * Rejects with ApiError, or with AbortError.
 */
export async function verifyTrail(
  api: Api,
  request: VerificationRequest,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<Verification> {
  const message: WorkerRequest = { access: await api.access(), request };
  signal.throwIfAborted();
  const worker = new VerifyWorker();
  try {
    return await new Promise<Verification>((resolve, reject) => {
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
