import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toBase64, toUtf8 } from '../format/bytes';
import type { CheckpointFile } from './checkpoint';
import { inspect } from './inspect';
import { judge } from '../trail/judge';
import { nodeHash } from './log/merkle';
import { verifyFile, type FileRequest } from './verifyExport';

interface Vectors {
  readonly keys: { readonly fingerprint: string };
  readonly lines: readonly string[];
  readonly checkpoints: readonly CheckpointFile[];
}

// Shared with the .NET verifier's tests.
const vectorFile = new URL('../../../tests/vectors/trails.json', import.meta.url);
const vectors = JSON.parse(readFileSync(vectorFile, 'utf8')) as Vectors;
const now = Date.parse('2025-11-24T12:05:00Z') / 1000;
const [, , at12] = vectors.checkpoints as [CheckpointFile, CheckpointFile, CheckpointFile];
const trusted = [vectors.keys.fingerprint];
const lines = vectors.lines.slice(0, 12);

describe('a file', () => {
  const leaves = lines.map((line) => inspect(toUtf8(line))!.leaf);
  const rootOf = (some: readonly Uint8Array[]): Uint8Array => {
    if (some.length === 1) return some[0]!;
    const half = 2 ** Math.floor(Math.log2(some.length - 1));
    return nodeHash(rootOf(some.slice(0, half)), rootOf(some.slice(half)));
  };
  // RFC 6962 §2.1.2: of 10 in 12 they are the roots of 8 to 10, 10 to 12 and 0 to 8.
  const path = [leaves.slice(8, 10), leaves.slice(10), leaves.slice(0, 8)].map((some) =>
    toBase64(rootOf(some)),
  );
  const edgeOf8 = toBase64(rootOf(leaves.slice(0, 8)));

  const fileOf = (from: number, to: number, trailer: object) => {
    const before = { size: from, edge: from === 8 ? edgeOf8 : '' };
    const end = JSON.stringify({ trailer: { records: to - from, before, ...trailer } });
    return new Blob([[...vectors.lines.slice(from, to), end, ''].join('\n')]);
  };
  // RFC 6962 §2.1.1, word by word.
  const pathOf = (index: number, some: readonly Uint8Array[]): Uint8Array[] => {
    if (some.length === 1) return [];
    const half = 2 ** Math.floor(Math.log2(some.length - 1));
    return index < half
      ? [...pathOf(index, some.slice(0, half)), rootOf(some.slice(half))]
      : [...pathOf(index - half, some.slice(half)), rootOf(some.slice(0, half))];
  };
  const proved = (index: number) => ({
    record: lines[index]!,
    proof: [
      'c2sp.org/tlog-proof@v1',
      `index ${index}`,
      ...pathOf(index, leaves).map(toBase64),
      '',
      at12.note,
    ].join('\n'),
  });
  /** Of a file that ends behind the tenth record. */
  const until = {
    checkpoint: at12,
    consistency: path,
    to: '2025-11-24T12:03:40+00:00',
    behind: proved(10),
  };
  const check = (file: Blob, request: Partial<FileRequest> = {}) =>
    verifyFile(file, { organization: 'org_acme', trusted, seen: [], ...request }, now + 86_400);

  it('is proved by the checkpoint that it holds, as far as that goes', async () => {
    expect(await check(fileOf(0, 14, { checkpoint: at12 }))).toMatchObject({
      verdict: { records: 14, proved: 12, problems: [] },
    });
  });

  it('that ends before its checkpoint is proved by what leads there', async () => {
    expect(await check(fileOf(0, 10, until))).toMatchObject({
      verdict: { records: 10, proved: 10, problems: [], coveredTo: { head: { size: 12 } } },
    });
    expect(await check(fileOf(8, 10, until))).toMatchObject({
      verdict: { records: 2, proved: 2, problems: [] },
    });
  });

  it.each([
    ['a record less', fileOf(0, 9, { checkpoint: at12, consistency: path })],
    ['no path', fileOf(0, 10, { checkpoint: at12, consistency: [] })],
    ['another path', fileOf(0, 10, { checkpoint: at12, consistency: path.toReversed() })],
    [
      'another tree in front of it',
      fileOf(8, 10, { checkpoint: at12, consistency: path, before: { size: 8, edge: toBase64(leaves[0]!) } }),
    ],
  ])('is not proved with %s', async (_, file) => {
    const { verdict } = (await check(file))!;
    expect(verdict).toMatchObject({ proved: 0, coveredTo: undefined });
    expect(verdict.problems.map(({ code }) => code)).toContain('changed');
  });

  it('without its newer half may be older than what was seen, and never another trail', async () => {
    const file = fileOf(0, 10, until);
    const log = 'audit.example/16ac8bcbacf8b57939bd3ed4364930ee';
    const seen = (size: number, root: Uint8Array) => ({
      seen: [
        { log: 'another', size: 1, root: '' },
        { log, size, root: toBase64(root) },
      ],
    });
    for (const earlier of [
      seen(10, rootOf(leaves.slice(0, 10))),
      seen(12, rootOf(leaves)),
      seen(99, leaves[0]!),
    ])
      expect(await check(file, earlier)).toMatchObject({ verdict: { problems: [] } });
    for (const other of [seen(4, leaves[0]!), seen(12, leaves[0]!)])
      expect((await check(file, other))!.verdict.problems.map(({ code }) => code)).toEqual(['fork']);
  });

  describe('of a range', () => {
    const range = { ...until, from: '2025-11-24T12:03:00+00:00', inFront: proved(7) };
    const missing = (sequence: number) => ({ code: 'missing', sequence });

    it('begins and ends where it says', async () => {
      const { verdict } = (await check(fileOf(8, 10, range)))!;
      const part = { first: 9, last: 10, since: range.from, until: range.to, isAll: true };
      expect(verdict).toMatchObject({ proved: 2, problems: [], part });
      expect(judge(verdict)).toMatchObject({ state: 'proved' });
    });

    it.each([
      ['begins later than it says', { from: '2025-11-24T12:02:40+00:00' }, [missing(8)]],
      ['ends earlier than it says', { to: '2025-11-24T12:03:40.0000011+00:00' }, [missing(11)]],
      [
        'has others beside it than its own',
        { inFront: proved(6), behind: proved(11) },
        [missing(8), missing(11)],
      ],
      ['has nobody beside it', { inFront: undefined, behind: undefined }, [missing(8), missing(11)]],
      [
        'has beside it what is not proved',
        {
          inFront: { ...proved(7), record: lines[7]!.replace('12:02:40', '12:01:40') },
          behind: { ...proved(10), proof: proved(9).proof },
        },
        [missing(8), missing(11)],
      ],
    ])('that %s is never green', async (_, trailer, problems) => {
      const { verdict } = (await check(fileOf(8, 10, { ...range, ...trailer })))!;
      expect(verdict).toMatchObject({ problems, part: { isAll: false } });
      expect(judge(verdict)).toMatchObject({ state: 'wrong' });
    });
  });

  it('without a checkpoint proves nothing', async () => {
    expect(await check(fileOf(0, 14, {}))).toBeUndefined();
  });

  it('with a checkpoint of nobody who is trusted proves nothing', async () => {
    expect(await check(fileOf(0, 10, until), { trusted: ['another'] })).toMatchObject({
      verdict: { proved: 0, problems: [{ code: 'bad_checkpoint' }, { code: 'not_signed' }] },
    });
  });

  it.each([
    '',
    'x',
    '{}',
    lines[0]!,
    '{"trailer":{}}',
    '{"trailer":{"records":1,"before":{"size":1,"edge":""}}}',
  ])('that ends with %s is no whole export', async (end) => {
    await expect(check(new Blob([`${lines[0]!}\n${end}\n`]))).rejects.toMatchObject({ code: 'incomplete' });
  });

  it.each([
    { checkpoint: {} },
    { checkpoint: at12, consistency: [1] },
    { checkpoint: at12, consistency: 'x' },
    { checkpoint: at12, from: 'yesterday' },
    { checkpoint: at12, behind: lines[0]! },
  ])('with %o in its trailer is no whole export', async (trailer) => {
    await expect(check(fileOf(0, 10, trailer))).rejects.toMatchObject({ code: 'incomplete' });
  });
});
