import { toUtf8 } from '../../format/bytes';
import { digest, hashSize, leafHash } from './merkle';
import { readHash, readNumber } from './strict';

/**
 * A line of an export: the deed's own JSON object, left open, and behind its members `parts`, `salts` and `leaf`
 * (base64), `lengths` (bytes of the deed and of each part) and `sentence`.
 */
export interface RecordLine {
  /** UTF-8 JSON, as all parts of a record. */
  readonly deed: Uint8Array;
  readonly parts: readonly Uint8Array[];
  /** The deed's, then one for each part. */
  readonly salts: readonly Uint8Array[];
  /** As the log has it: when the record's own differs, it is this record that was changed. */
  readonly leaf: Uint8Array;
}

const version = 1;
const blockSize = 64;
const [comma, bracket, brace] = toUtf8(',]}') as unknown as readonly [number, number, number];
const partsStart = toUtf8(',"parts":[');
const tailStart = toUtf8('],"salts":["');
const tail =
  /^\],"salts":\["([^\]]*)"\],"leaf":"([^"]*)","lengths":\[([\d,]*)\],"sentence":"(?:[^"\\]|\\.)*"\}$/;
const decoder = new TextDecoder();

/**
 * Undefined when it is no record, or not written as the API does: whatever else stands in a line is not proved, and
 * could pass for what is. Its parts are views of the line, but for the deed.
 */
export function readRecordLine(line: Uint8Array): RecordLine | undefined {
  const tailAt = findTail(line);
  const [, saltTexts = '', leafText = '', lengthTexts = ''] =
    tailAt < 0 ? [] : (tail.exec(decoder.decode(line.subarray(tailAt))) ?? []);
  const leaf = readHash(leafText);
  const salts = saltTexts.split('","').map(readHash);
  const [deedLength, ...lengths] = lengthTexts.split(',').map(readNumber);
  if (
    !leaf ||
    !deedLength ||
    salts.length !== lengths.length + 1 ||
    !salts.every((salt) => salt !== undefined)
  )
    return undefined;

  const deedEnd = deedLength - 1;
  if (!isAt(line, deedEnd, partsStart)) return undefined;
  const parts: Uint8Array[] = [];
  let at = deedEnd + partsStart.length;
  for (const length of lengths) {
    if (length === undefined || (parts.length > 0 && line[at++] !== comma)) return undefined;
    parts.push(line.subarray(at, at + length));
    at += length;
  }
  if (at !== tailAt) return undefined;
  const deed = new Uint8Array(line.subarray(0, deedLength));
  deed[deedEnd] = brace;
  return { deed, parts, salts, leaf };
}

/**
 * The hash in the tree of what the log commits to: HMAC-SHA256 under its salt of each part, so that a part can be
 * forgotten, or left out of an evidence file, and the deed stay provable.
 */
export function recordLeaf({ deed, parts, salts }: Omit<RecordLine, 'leaf'>): Uint8Array {
  const entry = new Uint8Array(1 + salts.length * hashSize);
  entry[0] = version;
  salts.forEach((salt, index) => {
    const part = index === 0 ? deed : parts[index - 1]!;
    entry.set(digest(padded(salt, 0x5c), digest(padded(salt, 0x36), part)), 1 + index * hashSize);
  });
  return leafHash(entry);
}

/** RFC 2104, for keys that are shorter than a block. */
function padded(key: Uint8Array, pad: number): Uint8Array {
  const block = new Uint8Array(blockSize).fill(pad);
  for (let index = 0; index < key.length; index++) block[index]! ^= key[index]!;
  return block;
}

/** The last place that can be it: in the sentence behind it the quotes are escaped. */
function findTail(line: Uint8Array): number {
  let at = line.lastIndexOf(bracket);
  while (at > 0 && !isAt(line, at, tailStart)) at = line.lastIndexOf(bracket, at - 1);
  return at;
}

function isAt(line: Uint8Array, at: number, part: Uint8Array): boolean {
  if (at < 0) return false;
  for (let index = 0; index < part.length; index++) if (line[at + index] !== part[index]) return false;
  return true;
}
