import { SHA256 } from '@stablelib/sha256';
import { isSameBytes } from '../../format/bytes';

/** Bytes a hash: SHA-256. */
export const hashSize = 32;

const leafPrefix = Uint8Array.of(0);
const nodePrefix = Uint8Array.of(1);

/** How many leaves a tree has, and its root: one without the other says nothing. */
export interface TreeHead {
  /** A safe integer. */
  readonly size: number;
  readonly root: Uint8Array;
}

// One for all: it is larger than most of what is hashed.
const sha = new SHA256();

/** SHA-256 over the parts. Synchronous: to await `crypto.subtle` for each hash takes far longer than the hash. */
export function digest(...parts: readonly Uint8Array[]): Uint8Array {
  sha.reset();
  for (const part of parts) sha.update(part);
  return sha.digest();
}

/** The head of a tree without leaves. */
export const emptyHead: TreeHead = { size: 0, root: digest() };

/** RFC 6962 §2.1. */
export function leafHash(entry: Uint8Array): Uint8Array {
  return digest(leafPrefix, entry);
}

/** RFC 6962 §2.1; of two hashes. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return digest(nodePrefix, left, right);
}

export function isSameHead(one: TreeHead, other: TreeHead): boolean {
  return one.size === other.size && isSameBytes(one.root, other.root);
}

/**
 * A tree that leaves are appended to. It keeps the roots of the perfect subtrees that they fall into, one for each
 * 1-bit of the size, the largest first (a compact range from 0).
 */
export class TreeEdge {
  #size = 0;
  #subtrees: Uint8Array[] = [];

  /** From its hashes one after the other, the largest subtree's first; undefined when they cannot be of so many leaves. */
  static read(size: number, bytes: Uint8Array): TreeEdge | undefined {
    if (!isSize(size) || bytes.length !== countOnes(size) * hashSize) return undefined;
    const edge = new TreeEdge();
    edge.#size = size;
    edge.#subtrees = Array.from({ length: countOnes(size) }, (_, index) =>
      bytes.slice(index * hashSize, (index + 1) * hashSize),
    );
    return edge;
  }

  /** Leaves. */
  get size(): number {
    return this.#size;
  }

  get head(): TreeHead {
    return this.#size === 0
      ? emptyHead
      : { size: this.#size, root: this.#subtrees.reduceRight((right, left) => nodeHash(left, right)) };
  }

  append(leaf: Uint8Array): void {
    let hash = leaf;
    // As a binary counter carries: two subtrees of a size become one of twice that.
    for (let size = this.#size; isOdd(size); size = half(size)) hash = nodeHash(this.#subtrees.pop()!, hash);
    this.#subtrees.push(hash);
    this.#size++;
  }
}

/**
 * Whether the path leads from this leaf to the root (RFC 9162 §2.1.3). A path does not bind the tree's size, so the
 * head must be one that is trusted, never one that came with the path.
 */
export function verifyInclusion(
  path: readonly Uint8Array[],
  index: number,
  leaf: Uint8Array,
  head: TreeHead,
): boolean {
  if (!isSize(index) || !isSize(head.size) || index >= head.size || ![leaf, ...path].every(isHash))
    return false;
  const climb = new Climb(index, head.size - 1);
  let root = leaf;
  for (const hash of path) {
    const side = climb.next();
    if (!side) return false;
    root = side === 'left' ? nodeHash(hash, root) : nodeHash(root, hash);
  }
  return climb.isAtTop && isSameBytes(root, head.root);
}

/**
 * Whether the path leads to both roots, so that the old tree is the beginning of the other (RFC 9162 §2.1.4). From an
 * empty tree, and between equal ones, the path is empty.
 */
export function verifyConsistency(path: readonly Uint8Array[], old: TreeHead, head: TreeHead): boolean {
  if (!isSize(old.size) || !isSize(head.size) || old.size > head.size) return false;
  if (![old.root, head.root, ...path].every(isHash)) return false;
  if (old.size === head.size && !isSameHead(old, head)) return false;
  if (old.size === 0) return path.length === 0 && isSameHead(old, emptyHead);
  if (old.size === head.size) return path.length === 0;

  // The root of a perfect old tree is itself the first node, and is left out.
  const [first, ...rest] = countOnes(old.size) === 1 ? [old.root, ...path] : path;
  if (!first || path.length === 0) return false;
  const climb = new Climb(old.size - 1, head.size - 1);
  climb.skipOdd();
  let oldRoot = first;
  let root = first;
  for (const hash of rest) {
    const side = climb.next();
    if (!side) return false;
    if (side === 'left') oldRoot = nodeHash(hash, oldRoot);
    root = side === 'left' ? nodeHash(hash, root) : nodeHash(root, hash);
  }
  return climb.isAtTop && isSameBytes(oldRoot, old.root) && isSameBytes(root, head.root);
}

/** The way up from a node: on which side each next sibling stands. */
class Climb {
  #node: number;
  #last: number;

  /** Places on the lowest level: the node's and that of the level's last. */
  constructor(node: number, last: number) {
    this.#node = node;
    this.#last = last;
  }

  get isAtTop(): boolean {
    return this.#last === 0;
  }

  /** Undefined at the top. */
  next(): 'left' | 'right' | undefined {
    if (this.isAtTop) return undefined;
    const side = isOdd(this.#node) || this.#node === this.#last ? 'left' : 'right';
    // A last node without a sibling moves up as it is.
    if (side === 'left') while (!isOdd(this.#node) && this.#node !== 0) this.#up();
    this.#up();
    return side;
  }

  skipOdd(): void {
    while (isOdd(this.#node)) this.#up();
  }

  #up(): void {
    this.#node = half(this.#node);
    this.#last = half(this.#last);
  }
}

// Not by bit operators, which cut to 32 bits.
const isOdd = (value: number) => value % 2 === 1;
const half = (value: number) => Math.floor(value / 2);
const isSize = (value: number) => Number.isSafeInteger(value) && value >= 0;
const isHash = (bytes: Uint8Array) => bytes.length === hashSize;

/** In binary. */
function countOnes(value: number): number {
  let ones = 0;
  for (let rest = value; rest > 0; rest = half(rest)) ones += rest % 2;
  return ones;
}
