import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { fromBase64, toUtf8 } from '../format/bytes';
import { thumbprintOf, type CheckpointFile } from './checkpoint';
import { inspect } from './inspect';
import type { Inspector } from './Inspector';
import { judge } from '../trail/judge';
import { TreeEdge } from './log/merkle';
import { packInspections, unpackInspections } from './packedInspections';
import { readPin, writePin } from './pins';
import { readSeries } from './series';
import { TrailVerifier } from './TrailVerifier';
import { verifyExport, type Progress, type Verification, type VerificationRequest } from './verifyExport';

interface Trail {
  readonly name: string;
  readonly now: string;
  readonly trusted: readonly string[];
  readonly before: { readonly size: number; readonly edge: string };
  readonly isFromBeginning?: boolean;
  /** A number stands for one of the clean trail's. */
  readonly lines: readonly (number | string)[];
  readonly checkpoints: readonly (number | CheckpointFile)[];
  readonly expected: {
    readonly records: number;
    readonly coveredTo: number | null;
    readonly problems: readonly { readonly code: string; readonly sequence: number | null }[];
    readonly erased: { readonly unproved: number; readonly unexplained: number };
    readonly cut?: { readonly isProved: boolean };
  };
}

interface Vectors {
  readonly keys: { readonly fingerprint: string; readonly vkey: string };
  readonly lines: readonly string[];
  readonly checkpoints: readonly CheckpointFile[];
  readonly trails: readonly Trail[];
}

// Shared with the .NET verifier's tests.
const readVectors = (name: string) =>
  readFileSync(new URL(`../../../tests/vectors/${name}`, import.meta.url));
const vectors = JSON.parse(readVectors('trails.json').toString()) as Vectors;
const longTrail = JSON.parse(gunzipSync(readVectors('long-trail.json.gz')).toString()) as Trail;
const toSeconds = (time: string) => Date.parse(time) / 1000;

describe('a trail of the shared vectors', () => {
  it.each([...vectors.trails, longTrail])('$name', async (trail) => {
    const { now, trusted, before, isFromBeginning = false, lines, checkpoints, expected } = trail;
    const files = checkpoints.map((file) => (typeof file === 'number' ? vectors.checkpoints[file]! : file));
    const verifier = new TrailVerifier(await readSeries([files], trusted), {
      now: toSeconds(now),
      before: TreeEdge.read(before.size, fromBase64(before.edge))!,
      isFromBeginning,
    });
    const inspected = lines.map((line) =>
      inspect(toUtf8(typeof line === 'number' ? vectors.lines[line]! : line)),
    );
    // As the page's workers hand them over.
    for (const record of unpackInspections(structuredClone(packInspections(inspected)))) verifier.add(record);
    const verdict = verifier.finish();
    const { records, coveredTo, problems, erased, cut } = verdict;
    expect({
      records,
      coveredTo: coveredTo?.head.size ?? null,
      problems: problems.map(({ code, sequence }) => ({ code, sequence: sequence ?? null })),
      erased,
      cut,
    }).toEqual(expected);
    // The shield: green for what is right and proved to its end, and for nothing else.
    const isProved =
      expected.problems.length === 0 &&
      (expected.coveredTo ?? 0) === before.size + records &&
      expected.erased.unproved + expected.erased.unexplained === 0 &&
      expected.cut?.isProved !== false;
    const wrong = expected.problems.length > 0 ? 'wrong' : 'waiting';
    expect(judge(verdict)).toMatchObject({ state: isProved ? 'proved' : wrong });
  });
});

const now = toSeconds('2025-11-24T12:05:00Z');
const [at4, at8, at12] = vectors.checkpoints as [CheckpointFile, CheckpointFile, CheckpointFile];
const checkpoints = [at4, at8, at12];
const trusted = [vectors.keys.fingerprint];
const lines = vectors.lines.slice(0, 12);

const exportOf = (records: readonly string[], reported = records.length) =>
  [...records, JSON.stringify({ trailer: { records: reported, before: { size: 0, edge: '' } } }), ''].join(
    '\n',
  );

it('names what else is wrong, however much garbage lies among the checkpoints', async () => {
  const garbage = Array.from({ length: 25 }, () => ({ note: 'garbage', jws: 'a..b' }));
  const verifier = new TrailVerifier(await readSeries([[...checkpoints, ...garbage]], trusted), {
    now,
    before: TreeEdge.read(0, new Uint8Array())!,
  });
  const altered = lines.map((line, index) => (index === 5 ? line.replace('success', 'failure') : line));
  for (const line of altered) verifier.add(inspect(toUtf8(line)));
  const codes = new Set(verifier.finish().problems.map(({ code }) => code));
  expect(codes).toEqual(new Set(['bad_checkpoint', 'changed']));
});

/** As the worker does it, in chunks that respect no line, and pages of two. */
function run(
  text: string,
  {
    checkpoints: files = checkpoints,
    ...request
  }: Partial<VerificationRequest> & { readonly checkpoints?: readonly CheckpointFile[] } = {},
  chunk = 1000,
): Promise<Verification> {
  const all = toUtf8(text);
  function* chunks() {
    for (let start = 0; start < all.length; start += chunk) yield all.slice(start, start + chunk);
  }
  const pages = [files.slice(0, 2), files.slice(2)];
  return verifyExport(Readable.from(chunks()), pages, { organization: 'org_acme', trusted, ...request }, now);
}

describe('an export', () => {
  it('is unbroken, whatever the chunks', async () => {
    for (const chunk of [1, 7, 1_000_000])
      expect(await run(exportOf(lines), {}, chunk)).toMatchObject({
        verdict: {
          records: 12,
          firstRecordedAt: '2025-11-24T12:00:20+00:00',
          lastRecordedAt: '2025-11-24T12:04:00.0000011+00:00',
          coveredTo: { head: { size: 12 }, signedAt: toSeconds('2025-11-24T12:04:10Z') },
          problems: [],
        },
      });
  });

  it('is told of as it goes on, a batch at a time', async () => {
    const reported: Progress[] = [];
    // Only the first twelve are in their place; it is their number that is told.
    const many = exportOf(Array.from({ length: 40 }, () => lines).flat());
    const request = { organization: 'org_acme', trusted };
    await verifyExport(Readable.from([toUtf8(many)]), [checkpoints], request, now, {
      onProgress: (progress) => reported.push(progress),
    });
    expect(reported.length).toBeGreaterThan(1);
    expect(reported.map(({ records }) => records)).toEqual(
      reported.map(({ records }) => records).toSorted((a, b) => a - b),
    );
    expect(reported.at(-1)).toEqual({ records: 480, expected: 12 });
  });

  it('is taken in its order, however its inspectors finish', async () => {
    const waiting: (() => void)[] = [];
    const inspector: Inspector = {
      capacity: 3,
      inspect: (batch) =>
        new Promise((resolve) => {
          const inspected = unpackInspections(structuredClone(packInspections(batch.map(inspect))));
          waiting.push(() => resolve(inspected));
          // The last one first.
          if (waiting.length > 3)
            waiting
              .splice(0)
              .toReversed()
              .forEach((answer) => answer());
          else
            setTimeout(() =>
              waiting
                .splice(0)
                .toReversed()
                .forEach((answer) => answer()),
            );
        }),
    };
    const padded = lines.map((line) => toUtf8(`${line}\n`));
    const end = toUtf8(`${JSON.stringify({ trailer: { records: 12, before: { size: 0, edge: '' } } })}\n`);
    const request = { organization: 'org_acme', trusted };
    const { verdict } = await verifyExport(Readable.from([...padded, end]), [checkpoints], request, now, {
      inspector,
      batchSize: 1,
    });
    expect(verdict).toMatchObject({ records: 12, coveredTo: { head: { size: 12 } }, problems: [] });
  });

  it('names the key that is not pinned', async () => {
    const bad = [1, 2, 3].map((number) => ({ code: 'bad_checkpoint', number, signer: trusted[0] }));
    expect(await run(exportOf(lines), { trusted: [vectors.keys.vkey] })).toMatchObject({
      verdict: { coveredTo: { signedAt: undefined }, problems: [] },
    });
    expect(await run(exportOf(lines), { trusted: ['another'] })).toMatchObject({
      verdict: { coveredTo: undefined, problems: bad },
    });
  });

  it('of another organisation is misplaced from its first record on', async () => {
    expect(await run(exportOf(lines), { organization: 'org_globex' })).toMatchObject({
      verdict: { problems: [{ code: 'misplaced', sequence: 1 }] },
    });
  });

  it('that tells another count is told', async () => {
    expect(await run(exportOf(lines, 13))).toMatchObject({
      verdict: { problems: [{ code: 'missing', records: 12, reported: 13 }] },
    });
  });

  it.each([
    ['without a trailer', [...lines, ''].join('\n')],
    ['that breaks off within a record', exportOf(lines).slice(0, 500)],
    ['that breaks off within its trailer', exportOf(lines).slice(0, -10)],
    ['of no bytes at all', ''],
  ])('%s says nothing about the trail', async (_name, text) => {
    await expect(run(text)).rejects.toMatchObject({ code: 'incomplete' });
  });
});

describe('what was seen before', () => {
  it('is the beginning of what there is now', async () => {
    const { latest: seen } = await run(exportOf(lines.slice(0, 8)), { checkpoints: [at4, at8] });
    expect(seen).toMatchObject({ log: 'audit.example/16ac8bcbacf8b57939bd3ed4364930ee', size: 8 });
    expect(await run(exportOf(lines), { seen })).toMatchObject({
      latest: { size: 12 },
      verdict: { problems: [] },
    });
  });

  it('tells that a trail was cut together with its checkpoints', async () => {
    const { latest: seen } = await run(exportOf(lines));
    expect(await run(exportOf(lines.slice(0, 8)), { checkpoints: [at4, at8], seen })).toMatchObject({
      verdict: { problems: [{ code: 'missing', sequence: 9, to: 12 }] },
    });
  });

  it('tells that another trail is signed by the same key', async () => {
    const { latest: seen } = await run(exportOf(lines.slice(0, 8)), { checkpoints: [at4, at8] });
    const other = { ...seen!, root: `${seen!.root.startsWith('A') ? 'B' : 'A'}${seen!.root.slice(1)}` };
    expect(await run(exportOf(lines), { seen: other })).toMatchObject({
      verdict: { problems: [{ code: 'fork', seenSize: 8 }] },
    });
    expect(await run(exportOf(lines), { seen: { ...seen!, log: 'audit.example/000000' } })).toMatchObject({
      verdict: { problems: [{ code: 'misplaced', sequence: 1 }] },
    });
  });
});

it('names a key by its thumbprint', () => {
  // RFC 7638 says how; this is what the .NET side makes of the same key.
  const [header = ''] = at4.jws.split('.');
  const { jwk } = JSON.parse(Buffer.from(header, 'base64url').toString()) as {
    readonly jwk: { readonly x: string; readonly y: string };
  };
  expect(thumbprintOf(jwk)).toBe(vectors.keys.fingerprint);
});

describe('a pin', () => {
  const stored = new Map<string, string>();
  const storage = {
    getItem: (name: string) => stored.get(name) ?? null,
    setItem: (name: string, value: string) => void stored.set(name, value),
  } as Storage;

  it('is kept by organisation', () => {
    const pin = { keys: ['a'], seen: { log: 'l', size: 1, root: 'r' } };
    writePin('org_acme', pin, storage);
    expect(readPin('org_acme', storage)).toEqual(pin);
    expect(readPin('org_globex', storage)).toEqual({ keys: [] });
  });

  it('keeps its keys when what was seen is of another format', () => {
    storage.setItem('securezoom.pin.org_acme', '{"keys":["a"],"seen":{"digest":"d","signedAt":1}}');
    expect(readPin('org_acme', storage)).toEqual({ keys: ['a'] });
  });

  it.each(['', '7', 'null', '{"keys":"a"}', '{"keys":[1]}'])('that reads %j is none', (value) => {
    storage.setItem('securezoom.pin.org_acme', value);
    expect(readPin('org_acme', storage)).toEqual({ keys: [] });
  });
});
