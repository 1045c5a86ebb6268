import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fromBase64, toBase64 } from '../format/bytes';
import { verifyEvidence, readEvidence } from './verifyEvidence';
import { verifyFile } from './verifyExport';

interface Vector {
  readonly name: string;
  readonly now: string;
  readonly trusted: readonly string[];
  readonly lines: readonly string[];
  readonly expected: {
    readonly records: number;
    readonly coveredTo: number | null;
    readonly problems: readonly { readonly code: string; readonly sequence: number | null }[];
  };
}

// Shared with the .NET verifier's tests.
const vectorFile = new URL('../../../tests/vectors/evidence.json', import.meta.url);
const vectors = JSON.parse(readFileSync(vectorFile, 'utf8')) as readonly Vector[];
const fileOf = (lines: readonly string[]) => new Blob([lines.join('\n'), '\n']);
const four = vectors.find(({ name }) => name === 'four records')!;
const withheld = vectors.find(({ name }) => name === 'a text is withheld')!;
const now = Date.parse(four.now) / 1000;
const request = { organization: 'org_acme', trusted: four.trusted };

describe('an evidence file of the shared vectors', () => {
  it.each(vectors)('$name', async ({ now, trusted, lines, expected }) => {
    const evidence = (await readEvidence(fileOf(lines)))!;
    const verdict = await verifyEvidence(evidence, { trusted, now: Date.parse(now) / 1000 });
    expect({
      records: verdict.records,
      coveredTo: verdict.coveredTo?.head.size ?? null,
      problems: verdict.problems.map(({ code, sequence }) => ({ code, sequence: sequence ?? null })),
    }).toEqual(expected);
  });
});

describe('an evidence file', () => {
  it('is told from an export by its end, and says how many records withhold something', async () => {
    expect((await verifyFile(fileOf(four.lines), request, now))?.verdict).toMatchObject({
      proved: 4,
      withheld: 0,
    });
    expect((await verifyFile(fileOf(withheld.lines), request, now))?.verdict).toMatchObject({
      proved: 4,
      withheld: 1,
    });
  });

  it('of another organisation is misplaced', async () => {
    const { verdict } = (await verifyFile(
      fileOf(four.lines),
      { ...request, organization: 'org_other' },
      now,
    ))!;
    expect(verdict.problems.map(({ code }) => code)).toContain('misplaced');
  });

  it('contradicts what this browser has seen of the same size', async () => {
    const { verdict } = (await verifyFile(fileOf(four.lines), request, now))!;
    const { origin, head } = verdict.coveredTo!;
    const check = async (root: Uint8Array) => {
      const seen = { log: origin, size: head.size, root: toBase64(root) };
      return (await verifyFile(fileOf(four.lines), { ...request, seen: [seen] }, now))!.verdict.problems;
    };
    expect(await check(head.root)).toEqual([]);
    expect(await check(fromBase64('A'.repeat(43) + '='))).toEqual([{ code: 'fork', seenSize: 12 }]);
  });

  it.each([['{"evidence":{}}'], ['{"evidence":{"records":1}}'], ['{"evidence":']])(
    'that ends with %s is not whole',
    async (end) => {
      await expect(readEvidence(fileOf([...four.lines.slice(0, -1), end]))).rejects.toMatchObject({
        code: 'incomplete',
      });
    },
  );
});
