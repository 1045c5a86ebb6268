import { toUtf8 } from '../../format/bytes';
import { openCheckpoint, type LogCheckpoint } from './checkpoint';
import { verifyInclusion } from './merkle';
import { parseNote, type SignedNote, type VerifierKey } from './note';
import { readBase64, readHash, readNumber, readText } from './strict';

/** That a log has a leaf, as a file that can be checked anywhere (c2sp.org/tlog-proof@v1). */
export interface TlogProof {
  /** The leaf's. */
  readonly index: number;
  /** See `verifyInclusion`. */
  readonly path: readonly Uint8Array[];
  readonly checkpoint: SignedNote;
  /** What the reader may need beside it; nobody vouches for it. */
  readonly extra: Uint8Array | undefined;
}

const header = 'c2sp.org/tlog-proof@v1';
const extraPrefix = 'extra ';
const indexPrefix = 'index ';
/** Hashes in the path of any tree that can be. */
const maxPath = 64;

/** Undefined when it is none. */
export function parseProof(utf8: Uint8Array): TlogProof | undefined {
  const text = readText(utf8);
  // The path has no empty line, so the first one ends it.
  const end = text?.indexOf('\n\n') ?? -1;
  if (text === undefined || end < 0) return undefined;
  const checkpoint = parseNote(toUtf8(text.slice(end + 2)));
  const [first, ...lines] = text.slice(0, end).split('\n');
  if (!checkpoint || first !== header) return undefined;

  const extraText = shift(lines, extraPrefix);
  const extra = extraText === undefined ? undefined : readBase64(extraText);
  if (extraText !== undefined && !extra?.length) return undefined;

  const index = readNumber(shift(lines, indexPrefix) ?? '');
  if (index === undefined || lines.length > maxPath) return undefined;
  const path = lines.map(readHash);
  return path.every((hash) => hash !== undefined) ? { index, path, checkpoint, extra } : undefined;
}

/** What stands behind the prefix, when the next line begins with it. */
function shift(lines: string[], prefix: string): string | undefined {
  return lines[0]?.startsWith(prefix) ? lines.shift()!.slice(prefix.length) : undefined;
}

/** The checkpoint, when one of the log's keys has signed it and this leaf is in its tree; else undefined. */
export async function verifyProof(
  proof: TlogProof,
  leaf: Uint8Array,
  origin: string,
  keys: readonly VerifierKey[],
): Promise<LogCheckpoint | undefined> {
  const checkpoint = await openCheckpoint(proof.checkpoint, origin, keys);
  return checkpoint && verifyInclusion(proof.path, proof.index, leaf, checkpoint.head)
    ? checkpoint
    : undefined;
}
