import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toHex } from '../../format/bytes';
import {
  emptyHead,
  leafHash,
  nodeHash,
  TreeEdge,
  verifyConsistency,
  verifyInclusion,
  type TreeHead,
} from './merkle';

interface Proof {
  readonly name: string;
  readonly size: number;
  readonly root: string;
  readonly path: readonly string[];
  readonly valid: boolean;
}

interface Vectors {
  readonly entries: readonly string[];
  readonly leaves: readonly string[];
  readonly roots: readonly string[];
  readonly edges: readonly string[];
  readonly inclusion: readonly (Proof & { readonly index: number; readonly leaf: string })[];
  readonly consistency: readonly (Proof & { readonly oldSize: number; readonly oldRoot: string })[];
}

// Shared with the .NET verifier's tests.
const vectorFile = new URL('../../../../tests/vectors/merkle.json', import.meta.url);
const vectors = JSON.parse(readFileSync(vectorFile, 'utf8')) as Vectors;
const fromHex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'));

describe('the shared vectors of a tree', () => {
  it('have these leaf hashes', () => {
    expect(vectors.entries.map((entry) => toHex(leafHash(fromHex(entry))))).toEqual(vectors.leaves);
  });

  it.each(vectors.roots.map((root, size) => ({ root, size })))('have the root of $size', ({ root, size }) => {
    const edge = new TreeEdge();
    for (const leaf of vectors.leaves.slice(0, size)) edge.append(fromHex(leaf));
    expect({ ...edge.head, root: toHex(edge.head.root) }).toEqual({ size, root });
    expect(TreeEdge.read(size, fromHex(vectors.edges[size]!))?.head).toEqual(edge.head);
  });

  it.each(vectors.inclusion)('say of inclusion: $name', ({ path, index, leaf, size, root, valid }) => {
    expect(verifyInclusion(path.map(fromHex), index, fromHex(leaf), { size, root: fromHex(root) })).toBe(
      valid,
    );
  });

  it.each(vectors.consistency)(
    'say of consistency: $name',
    ({ path, oldSize, oldRoot, size, root, valid }) => {
      const old = { size: oldSize, root: fromHex(oldRoot) };
      expect(verifyConsistency(path.map(fromHex), old, { size, root: fromHex(root) })).toBe(valid);
    },
  );
});

describe('an edge', () => {
  it('goes on from where it was read', () => {
    const edge = TreeEdge.read(5, fromHex(vectors.edges[5]!))!;
    for (const leaf of vectors.leaves.slice(5)) edge.append(fromHex(leaf));
    expect(toHex(edge.head.root)).toBe(vectors.roots[8]);
  });

  it.each([
    [5, 1],
    [5, 3],
    [0, 1],
    [-1, 0],
    [2 ** 53, 1],
    [0.5, 0],
  ])('of %d leaves is not %d hashes', (size, hashes) => {
    expect(TreeEdge.read(size, new Uint8Array(hashes * 32))).toBeUndefined();
  });
});

// RFC 6962 §2.1, in its own words.
const leaves = Array.from({ length: 130 }, (_, index) => leafHash(Uint8Array.of(index)));
const known = new Map<string, Uint8Array>();

function rootOf(start: number, end: number): Uint8Array {
  if (start === end) return emptyHead.root;
  if (end - start === 1) return leaves[start]!;
  const name = `${start}-${end}`;
  const middle = start + split(end - start);
  const root = known.get(name) ?? nodeHash(rootOf(start, middle), rootOf(middle, end));
  known.set(name, root);
  return root;
}

function split(size: number): number {
  return 2 ** Math.floor(Math.log2(size - 1));
}

function inclusionPath(index: number, start: number, end: number): Uint8Array[] {
  if (end - start === 1) return [];
  const middle = start + split(end - start);
  return index < middle
    ? [...inclusionPath(index, start, middle), rootOf(middle, end)]
    : [...inclusionPath(index, middle, end), rootOf(start, middle)];
}

function consistencyPath(oldSize: number, start: number, end: number): Uint8Array[] {
  if (oldSize === end) return start === 0 ? [] : [rootOf(start, end)];
  const middle = start + split(end - start);
  return oldSize <= middle
    ? [...consistencyPath(oldSize, start, middle), rootOf(middle, end)]
    : [...consistencyPath(oldSize, middle, end), rootOf(start, middle)];
}

const headOf = (size: number): TreeHead => ({ size, root: rootOf(0, size) });

/** Paths that differ from this one in one thing each; `seed` says where, so that many paths are changed everywhere. */
function corruptions(path: readonly Uint8Array[], seed: number): Uint8Array[][] {
  const longer = [
    [...path, leaves[0]!],
    [leaves[0]!, ...path],
  ];
  if (path.length === 0) return longer;
  const at = seed % path.length;
  const other = (at + 1) % path.length;
  return [
    ...longer,
    path.toSpliced(at, 1),
    path.with(at, flip(path[at]!, seed % 256)),
    ...(other === at ? [] : [path.with(at, path[other]!).with(other, path[at]!)]),
  ];
}

function flip(hash: Uint8Array, bit: number): Uint8Array {
  return hash.with(Math.floor(bit / 8), hash[Math.floor(bit / 8)]! ^ (1 << (bit % 8)));
}

describe('every tree up to 130 leaves', { timeout: 60_000 }, () => {
  it('proves each of its leaves, and nothing else proves it', () => {
    for (let size = 1; size <= 130; size++) {
      const head = headOf(size);
      for (let index = 0; index < size; index++) {
        const path = inclusionPath(index, 0, size);
        const leaf = leaves[index]!;
        if (!verifyInclusion(path, index, leaf, head)) expect.fail(`${index} of ${size}`);
        const passed =
          corruptions(path, index + size).some((corrupted) =>
            verifyInclusion(corrupted, index, leaf, head),
          ) ||
          [index - 1, index + 1, size].some((wrong) => verifyInclusion(path, wrong, leaf, head)) ||
          verifyInclusion(path, index, flip(leaf, 0), head) ||
          verifyInclusion(path, index, leaf, { size, root: flip(head.root, 255) });
        if (passed) expect.fail(`a corruption of ${index} of ${size}`);
      }
    }
  });

  it('proves each of its beginnings, and nothing else proves it', () => {
    for (let size = 0; size <= 130; size++) {
      const head = headOf(size);
      for (let oldSize = 0; oldSize <= size; oldSize++) {
        const path = oldSize === 0 ? [] : consistencyPath(oldSize, 0, size);
        const old = headOf(oldSize);
        if (!verifyConsistency(path, old, head)) expect.fail(`${oldSize} to ${size}`);
        const passed =
          corruptions(path, oldSize + size).some((corrupted) => verifyConsistency(corrupted, old, head)) ||
          [oldSize - 1, oldSize + 1].some((wrong) =>
            verifyConsistency(path, { ...old, size: wrong }, head),
          ) ||
          verifyConsistency(path, { ...old, root: flip(old.root, 7) }, head) ||
          (oldSize > 0 && verifyConsistency(path, old, { size, root: flip(head.root, 7) }));
        if (passed) expect.fail(`a corruption of ${oldSize} to ${size}`);
      }
    }
  });
});

it('counts beyond 32 bits', () => {
  // All leaves alike, so that each level has one hash.
  const levels = [leaves[0]!];
  for (let level = 1; level <= 40; level++) levels.push(nodeHash(levels[level - 1]!, levels[level - 1]!));
  const head = { size: 2 ** 40, root: levels[40]! };
  expect(verifyInclusion(levels.slice(0, 40), 2 ** 33 + 5, leaves[0]!, head)).toBe(true);
  expect(verifyConsistency(levels.slice(35, 40), { size: 2 ** 35, root: levels[35]! }, head)).toBe(true);
  expect(verifyConsistency(levels.slice(35, 40), { size: 2 ** 3, root: levels[35]! }, head)).toBe(false);
});
