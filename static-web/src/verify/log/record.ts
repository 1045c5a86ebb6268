import { isSameBytes, toUtf8 } from '../../format/bytes';
import { digest, hashSize, leafHash } from './merkle';
import { readHash, readNumber } from './strict';

/**
 * A person or a text of a record, UTF-8 JSON, under a salt of its own; or where that was destroyed or is left out, the
 * commitment to it alone, which says nothing of it and still makes up the leaf.
 */
export type RecordPart =
  { readonly bytes: Uint8Array; readonly salt: Uint8Array } | { readonly commitment: Uint8Array };

/**
 * A line of an export: the deed's own JSON object, left open, and behind its members `parts`, `salts` and `leaf`
 * (base64), `lengths` (bytes of the deed and of each part) and `sentence`. Where a part is withheld, it and its salt
 * are null, and `withheld` behind the lengths has the commitments of those that are, in order.
 */
export interface RecordLine {
  /** UTF-8 JSON. */
  readonly deed: Uint8Array;
  readonly salt: Uint8Array;
  readonly parts: readonly RecordPart[];
  /** As the log has it: when the record's own differs, it is this record that was changed. */
  readonly leaf: Uint8Array;
}

const version = 1;
const blockSize = 64;
const [comma, bracket, brace] = toUtf8(',]}') as unknown as readonly [number, number, number];
const partsStart = toUtf8(',"parts":[');
const tailStart = toUtf8('],"salts":["');
const tail =
  /^\],"salts":\[([^\]]*)\],"leaf":("[^"]*"),"lengths":\[([\d,]*)\](?:,"withheld":\[([^\]]+)\])?,"sentence":"(?:[^"\\]|\\.)*"\}$/;
const nothing = toUtf8('null');
const decoder = new TextDecoder();

/**
 * Undefined when it is no record, or not written as the API does: whatever else stands in a line is not proved, and
 * could pass for what is. Its parts are views of the line, but for the deed.
 */
export function readRecordLine(line: Uint8Array): RecordLine | undefined {
  const tailAt = findTail(line);
  const [, saltTexts = '', leafText = '', lengthTexts = '', withheldTexts] =
    tailAt < 0 ? [] : (tail.exec(decoder.decode(line.subarray(tailAt))) ?? []);
  const leaf = readQuoted(leafText);
  const [deedSalt, ...salts] = saltTexts.split(',');
  const salt = readQuoted(deedSalt);
  const [deedLength, ...lengths] = lengthTexts.split(',').map(readNumber);
  const withheld = withheldTexts?.split(',') ?? [];
  if (!leaf || !salt || !deedLength || salts.length !== lengths.length) return undefined;

  const deedEnd = deedLength - 1;
  if (!isAt(line, deedEnd, partsStart)) return undefined;
  const parts: RecordPart[] = [];
  let at = deedEnd + partsStart.length;
  for (const [index, length] of lengths.entries()) {
    if (length === undefined || (index > 0 && line[at++] !== comma)) return undefined;
    const part = readPart(line.subarray(at, at + length), salts[index], withheld);
    if (!part) return undefined;
    parts.push(part);
    at += length;
  }
  if (at !== tailAt || withheld.length > 0) return undefined;
  const deed = new Uint8Array(line.subarray(0, deedLength));
  deed[deedEnd] = brace;
  return { deed, salt, parts, leaf };
}

/** Takes the commitment of a withheld part off `withheld`. */
function readPart(
  bytes: Uint8Array,
  saltText: string | undefined,
  withheld: string[],
): RecordPart | undefined {
  if (saltText !== 'null') {
    const salt = readQuoted(saltText);
    return salt && { bytes, salt };
  }
  const commitment = readQuoted(withheld.shift());
  return commitment && isSameBytes(bytes, nothing) ? { commitment } : undefined;
}

/**
 * The hash in the tree of what the log commits to: HMAC-SHA256 under its salt of each part, so that a part can be
 * forgotten, or left out of an evidence file, and the deed stay provable.
 */
export function recordLeaf({ deed, salt, parts }: Omit<RecordLine, 'leaf'>): Uint8Array {
  const entry = new Uint8Array(1 + (1 + parts.length) * hashSize);
  entry[0] = version;
  entry.set(commit(deed, salt), 1);
  parts.forEach((part, index) => {
    const commitment = 'commitment' in part ? part.commitment : commit(part.bytes, part.salt);
    entry.set(commitment, 1 + (1 + index) * hashSize);
  });
  return leafHash(entry);
}

function commit(bytes: Uint8Array, salt: Uint8Array): Uint8Array {
  return digest(padded(salt, 0x5c), digest(padded(salt, 0x36), bytes));
}

/** The hash in a JSON string of base64. */
function readQuoted(text: string | undefined): Uint8Array | undefined {
  return text?.startsWith('"') && text.endsWith('"') ? readHash(text.slice(1, -1)) : undefined;
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
