import { toBase64 } from '../../format/bytes';
import type { TreeHead } from './merkle';
import { verifyNote, type SignedNote, type VerifierKey } from './note';
import { isPlain, readHash, readNumber } from './strict';

/** What a log signs (c2sp.org/tlog-checkpoint): three lines that say which log, of how many leaves, with which root. */
export interface LogCheckpoint {
  /** The log's name, one for ever. */
  readonly origin: string;
  readonly head: TreeHead;
}

/** The text to be signed. */
export function formatCheckpoint({ origin, head }: LogCheckpoint): string {
  return `${origin}\n${head.size}\n${toBase64(head.root)}\n`;
}

/** Reads a text of exactly the three lines, as our logs write it; undefined when it is another. */
export function parseCheckpoint(text: string): LogCheckpoint | undefined {
  const [origin, size = '', root = ''] = text.split('\n');
  const count = readNumber(size);
  const hash = readHash(root);
  if (!origin || count === undefined || !hash) return undefined;
  const checkpoint = { origin, head: { size: count, root: hash } };
  return formatCheckpoint(checkpoint) === text && isPlain(text) ? checkpoint : undefined;
}

/**
 * The checkpoint, when it is of this log and one of its keys has signed it, and none of them falsely; else undefined.
 * `keys`: more than one while a new key takes an old one's place.
 */
export async function openCheckpoint(
  note: SignedNote,
  origin: string,
  keys: readonly VerifierKey[],
): Promise<LogCheckpoint | undefined> {
  if ((await verifyNote(note, keys)).length === 0) return undefined;
  const checkpoint = parseCheckpoint(note.text);
  return checkpoint?.origin === origin ? checkpoint : undefined;
}
