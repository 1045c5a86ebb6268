import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { judge } from '../trail/judge';
import { verifyFile } from './verifyExport';

interface Vector {
  readonly name: string;
  readonly lines: readonly string[];
  readonly expected: {
    readonly state: 'proved' | 'waiting' | 'wrong';
    readonly problems: readonly { readonly code: string; readonly sequence: number | null }[];
  };
}

// Shared with the offline tool's tests.
const readVectors = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../tests/vectors/${name}`, import.meta.url), 'utf8'));
const vectors = readVectors('exports.json') as readonly Vector[];
const { keys } = readVectors('trails.json') as { readonly keys: { readonly fingerprint: string } };
const trusted = [keys.fingerprint];
const now = Date.parse('2025-11-25T12:00:00Z') / 1000;

it.each(vectors)('an export of the shared vectors: $name', async ({ lines, expected }) => {
  const file = new Blob([lines.join('\n'), '\n']);
  const { verdict } = (await verifyFile(file, { organization: 'org_acme', trusted }, now))!;
  expect({
    state: judge(verdict).state,
    problems: verdict.problems.map(({ code, sequence }) => ({ code, sequence: sequence ?? null })),
  }).toEqual(expected);
});
