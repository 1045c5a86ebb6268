import { ApiError } from '../api/ApiError';
import { chunksOf } from '../api/chunks';
import { createApi } from '../api/client';
import { fromBase64 } from '../format/bytes';
import { readCheckpointFile, verifyCheckpoints, type CheckpointVerdict } from './checkpointFile';
import { InspectorHere } from './Inspector';
import { canInspectInWorkers, InspectorWorkers } from './InspectorWorkers';
import { TreeEdge } from './log/merkle';
import type { Source, WorkerResponse } from './protocol';
import { verifyExport, verifyFile, type Verification, type Work } from './verifyExport';

/** Telling of every chunk would keep the page busy with nothing else. */
const progressMilliseconds = 150;

const respond = (content: WorkerResponse) => self.postMessage(content);

/** The page ends this worker, and its workers with it, when the person stops. */
async function run(source: Source): Promise<void> {
  let reported = 0;
  const work: Work = {
    inspector: canInspectInWorkers ? new InspectorWorkers() : new InspectorHere(),
    onProgress: (progress) => {
      if (performance.now() - reported < progressMilliseconds) return;
      reported = performance.now();
      respond({ kind: 'progress', progress });
    },
  };
  respond({ kind: 'done', verification: await verify(source, work) });
}

async function verify(source: Source, work: Work): Promise<Verification | CheckpointVerdict | undefined> {
  const now = Date.now() / 1000;
  if ('file' in source) {
    const checkpoints = await readCheckpointFile(source.file);
    return checkpoints
      ? verifyCheckpoints(checkpoints, source.request.trusted, source.request.seen ?? [])
      : verifyFile(source.file, source.request, now, work);
  }
  // Fetches here, too: a trail that passed through the page would keep it from drawing.
  const { baseUrl, token } = source.access;
  const { request } = source;
  const api = createApi(baseUrl, () => Promise.resolve(token));
  const { organization } = request;
  const { signal } = new AbortController();
  // The export is asked for once the checkpoints are there: one signed meanwhile would cover records that it has not.
  const chunks = async function* () {
    yield* chunksOf(await api.exportAudit({ organization }, 'application/x-ndjson', signal));
  };
  let beginning: TreeEdge | undefined;
  const checkpoints = api.listCheckpoints(organization, signal, (page) => {
    const { size, edge } = page.beginning ?? {};
    if (size !== undefined && edge !== undefined) beginning = TreeEdge.read(size, fromBase64(edge));
  });
  return verifyExport(chunks(), checkpoints, request, now, work, () => beginning);
}

self.addEventListener('message', ({ data }: MessageEvent<Source>) => {
  run(data).catch((error: unknown) => {
    if (error instanceof ApiError) respond({ kind: 'failed', status: error.status, problem: error.problem });
    else reportError(error);
  });
});
