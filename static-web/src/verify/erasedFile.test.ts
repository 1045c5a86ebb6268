import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toBase64, toUtf8 } from '../format/bytes';
import type { CheckpointFile } from './checkpoint';
import { inspect } from './inspect';
import { judge } from '../trail/judge';
import { nodeHash } from './log/merkle';
import { verifyFile } from './verifyExport';

interface Vectors {
  readonly keys: { readonly fingerprint: string };
  readonly lines: readonly string[];
  readonly trails: readonly {
    readonly name: string;
    readonly lines: readonly (number | string)[];
    readonly checkpoints: readonly (number | CheckpointFile)[];
  }[];
}

// Shared with the .NET verifier's tests.
const vectorFile = new URL('../../../tests/vectors/trails.json', import.meta.url);
const vectors = JSON.parse(readFileSync(vectorFile, 'utf8')) as Vectors;
const now = Date.parse('2025-11-24T12:06:00Z') / 1000;

describe('an export of a range in which parts are erased', () => {
  const trail = vectors.trails.find(
    ({ name }) => name === 'three parts of two records are erased on authority',
  )!;
  const lines = trail.lines.map((line) => (typeof line === 'number' ? vectors.lines[line]! : line));
  const authority = lines[12]!;
  const checkpoint = trail.checkpoints.at(-1) as CheckpointFile;
  const leaves = lines.map((line) => inspect(toUtf8(line))!.leaf);
  const rootOf = (some: readonly Uint8Array[]): Uint8Array => {
    if (some.length === 1) return some[0]!;
    const half = 2 ** Math.floor(Math.log2(some.length - 1));
    return nodeHash(rootOf(some.slice(0, half)), rootOf(some.slice(half)));
  };
  // RFC 6962 §2.1.1 and §2.1.2: of 12 in 13 leaves.
  const [first, second] = [rootOf(leaves.slice(0, 8)), rootOf(leaves.slice(8, 12))];
  const consistency = [second, leaves[12]!, first].map(toBase64);
  const proof = [
    'c2sp.org/tlog-proof@v1',
    'index 12',
    toBase64(second),
    toBase64(first),
    '',
    checkpoint.note,
  ].join('\n');

  const check = async (trailer: object) => {
    const end = JSON.stringify({
      trailer: {
        records: 12,
        before: { size: 0, edge: '' },
        checkpoint,
        consistency,
        to: '2025-11-24T12:04:20+00:00',
        behind: { record: authority, proof },
        ...trailer,
      },
    });
    const file = new Blob([[...lines.slice(0, 12), end, ''].join('\n')]);
    const trusted = [vectors.keys.fingerprint];
    const { verdict } = (await verifyFile(file, { organization: 'org_acme', trusted }, now))!;
    return { verdict, judgement: judge(verdict) };
  };

  it('is proved by the record behind it and its proof', async () => {
    expect(await check({ erasures: [{ record: authority, proof }] })).toMatchObject({
      verdict: { problems: [], erased: { parts: 3, records: 2, by: [13], unproved: 0, unexplained: 0 } },
      judgement: { state: 'proved', proved: 12 },
    });
  });

  it.each([
    ['without it', {}],
    ['with another record', { erasures: [{ record: lines[3]!, proof }] }],
    [
      'with another place',
      { erasures: [{ record: authority, proof: proof.replace('index 12', 'index 11') }] },
    ],
    [
      'with another path',
      { erasures: [{ record: authority, proof: proof.replace(toBase64(first), toBase64(second)) }] },
    ],
    [
      'with other words in it',
      { erasures: [{ record: authority.replace('"records":[2,2,', '"records":[2,3,'), proof }] },
    ],
    ['with what is no proof', { erasures: [{ record: 'x', proof: '' }] }],
  ])('is neither green nor red %s', async (_, trailer) => {
    expect(await check(trailer)).toMatchObject({
      verdict: { problems: [], erased: { parts: 0, unexplained: 3 } },
      judgement: { state: 'waiting', proved: 12 },
    });
  });

  it('is found behind a megabyte of erasures', async () => {
    const many = Array.from({ length: 400 }, () => ({ record: authority, proof }));
    expect(await check({ erasures: many })).toMatchObject({ judgement: { state: 'proved' } });
  });

  it.each([{ erasures: 1 }, { erasures: [1] }, { erasures: [{ record: authority }] }])(
    'with %o is no whole export',
    async (trailer) => {
      await expect(check(trailer)).rejects.toMatchObject({ code: 'incomplete' });
    },
  );
});
