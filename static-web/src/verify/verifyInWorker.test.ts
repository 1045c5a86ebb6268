import { beforeEach, expect, it, vi } from 'vitest';
import type { Source, WorkerResponse } from './protocol';
import { verifyInWorker } from './verifyInWorker';

/** A worker that does what a test says. */
const FakeWorker = vi.hoisted(
  () =>
    class Fake {
      static latest: Fake | undefined;

      onmessage: ((event: { data: WorkerResponse }) => void) | undefined;
      posted: unknown;
      isTerminated = false;

      constructor() {
        Fake.latest = this;
      }

      postMessage(source: unknown): void {
        this.posted = source;
      }

      terminate(): void {
        this.isTerminated = true;
      }
    },
);

vi.mock('./verify.worker?worker', () => ({ default: FakeWorker }));

const source: Source = { file: new File([], 'trail.jsonl'), request: { trusted: [] } };
const progress = { records: 3, expected: 10 };

beforeEach(() => {
  FakeWorker.latest = undefined;
});

it('ends the worker when the person stops, and comes to nothing', async () => {
  const stop = new AbortController();
  const told: unknown[] = [];
  const run = verifyInWorker(source, (one) => told.push(one), stop.signal);
  const worker = FakeWorker.latest!;
  expect(worker.posted).toBe(source);
  worker.onmessage?.({ data: { kind: 'progress', progress } });
  expect(worker.isTerminated).toBe(false);

  stop.abort();

  await expect(run).rejects.toMatchObject({ name: 'AbortError' });
  expect(told).toEqual([progress]);
  expect(worker.isTerminated).toBe(true);
});

it('begins no worker when it was stopped before', async () => {
  await expect(verifyInWorker(source, vi.fn(), AbortSignal.abort())).rejects.toMatchObject({
    name: 'AbortError',
  });
  expect(FakeWorker.latest).toBeUndefined();
});
