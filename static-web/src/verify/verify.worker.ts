import { ApiError } from '../api/ApiError';
import { chunksOf } from '../api/chunks';
import { createApi } from '../api/client';
import type { WorkerResponse, WorkerRequest } from './protocol';
import { verifyExport } from './verifyExport';

/** Telling of every chunk would keep the page busy with nothing else. */
const progressMilliseconds = 150;

const respond = (content: WorkerResponse) => self.postMessage(content);

/** Fetches here, too: a trail that passed through the page would keep it from drawing. */
async function run({ access: { baseUrl, token }, request }: WorkerRequest): Promise<void> {
  const api = createApi(baseUrl, () => Promise.resolve(token));
  const { organization } = request;
  // The page ends this worker when the person stops.
  const { signal } = new AbortController();
  // First the checkpoints: one signed meanwhile would cover records that the export has not.
  const { checkpoints } = await api.listCheckpoints(organization, signal);
  const response = await api.exportAudit({ organization }, 'application/x-ndjson', signal);
  let reported = 0;
  const verification = await verifyExport(chunksOf(response), checkpoints, request, (progress) => {
    if (performance.now() - reported < progressMilliseconds) return;
    reported = performance.now();
    respond({ kind: 'progress', progress });
  });
  respond({ kind: 'done', verification });
}

self.addEventListener('message', ({ data }: MessageEvent<WorkerRequest>) => {
  run(data).catch((error: unknown) => {
    if (error instanceof ApiError) respond({ kind: 'failed', status: error.status, problem: error.problem });
    else reportError(error);
  });
});
