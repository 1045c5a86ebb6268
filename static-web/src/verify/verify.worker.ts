import { ApiError } from '../api/ApiError';
import { chunksOf } from '../api/chunks';
import { createApi } from '../api/client';
import type { Answer, Order } from './protocol';
import { verifyExport } from './verifyExport';

/** Telling of every chunk would keep the page busy with nothing else. */
const progressMilliseconds = 150;

const answer = (content: Answer) => self.postMessage(content);

/** Fetches here, too: a trail that passed through the page would keep it from drawing. */
async function run({ access: { baseUrl, token }, wanted }: Order): Promise<void> {
  const api = createApi(baseUrl, () => Promise.resolve(token));
  const { organization } = wanted;
  // The page ends this worker when the person stops.
  const { signal } = new AbortController();
  // First the checkpoints: one signed meanwhile would cover records that the export has not.
  const { checkpoints } = await api.listCheckpoints(organization, signal);
  const response = await api.exportAudit({ organization }, 'application/x-ndjson', signal);
  let told = 0;
  const verification = await verifyExport(chunksOf(response), checkpoints, wanted, (progress) => {
    if (performance.now() - told < progressMilliseconds) return;
    told = performance.now();
    answer({ kind: 'progress', progress });
  });
  answer({ kind: 'done', verification });
}

self.addEventListener('message', ({ data }: MessageEvent<Order>) => {
  run(data).catch((error: unknown) => {
    if (error instanceof ApiError) answer({ kind: 'failed', status: error.status, problem: error.problem });
    else reportError(error);
  });
});
