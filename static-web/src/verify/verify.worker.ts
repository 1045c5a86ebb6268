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
  // The export is asked for once the checkpoints are there: one signed meanwhile would cover records that it has not.
  const chunks = async function* () {
    yield* chunksOf(await api.exportAudit({ organization }, 'application/x-ndjson', signal));
  };
  let reported = 0;
  const checkpoints = api.listCheckpoints(organization, signal);
  const now = Date.now() / 1000;
  const verification = await verifyExport(chunks(), checkpoints, request, now, (progress) => {
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
