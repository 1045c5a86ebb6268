import { hash as sha256 } from '@stablelib/sha256';
import { toHex, toUtf8 } from '../../format/bytes';
import { isPlain, readBase64, readText } from './strict';

/** The public half of a key that signs notes (c2sp.org/signed-note): whom an auditor trusts. */
export interface VerifierKey {
  /** Whose it is. */
  readonly name: string;
  /** With the name it finds the signature; short as it is, it proves nothing. 8 lower-case hex digits. */
  readonly id: string;
  readonly type: 'ed25519' | 'cosignature';
  /** 32 bytes. */
  readonly publicKey: Uint8Array<ArrayBuffer>;
}

/** A line below a note's text: who says to have signed it, and how. */
export interface NoteSignature {
  readonly keyName: string;
  readonly keyId: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What it says counts only once `verifyNote` has said by whom. */
export interface SignedNote {
  /** Lines, with the last one's end. */
  readonly text: string;
  /** Of keys known and unknown, genuine or not. */
  readonly signatures: readonly NoteSignature[];
}

/** That a key has signed. */
export interface VerifiedSignature {
  readonly key: VerifierKey;
  /** Seconds since 1970; undefined where the signature does not say, as a log's own does not. */
  readonly time: number | undefined;
}

/** More than the 16 that every reader must accept. */
export const maxSignatures = 64;

const idSize = 4;
const keySize = 32;
const timeSize = 8;
/** The end of the year 9999: what comes after it is no time. */
const maxTime = 253_402_300_799n;
const types = new Map<number | undefined, VerifierKey['type']>([
  [1, 'ed25519'],
  [4, 'cosignature'],
]);

/** Reads a vkey: name, key ID and base64 of type and public key, with plus signs between. Undefined when it is none. */
export function parseVerifierKey(vkey: string): VerifierKey | undefined {
  const [name = '', id, ...base64] = vkey.split('+');
  const typed = readBase64(base64.join('+'));
  const type = types.get(typed?.[0]);
  if (!typed || !type || !isName(name) || typed.length !== 1 + keySize) return undefined;
  const named = Uint8Array.of(...toUtf8(`${name}\n`), ...typed);
  return id === toHex(sha256(named).subarray(0, idSize))
    ? { name, id, type, publicKey: typed.slice(1) }
    : undefined;
}

/** Reads a note, which can be written in one way only. Undefined when it is none. */
export function parseNote(utf8: Uint8Array): SignedNote | undefined {
  const note = readText(utf8);
  const end = note?.lastIndexOf('\n\n') ?? -1;
  if (!note?.endsWith('\n') || end < 0 || !isPlain(note)) return undefined;
  const lines = note.slice(end + 2, -1).split('\n');
  if (lines.length > maxSignatures) return undefined;
  const signatures = lines.map(parseSignature);
  return signatures.every((signature) => signature !== undefined)
    ? { text: note.slice(0, end + 1), signatures }
    : undefined;
}

function parseSignature(line: string): NoteSignature | undefined {
  const [dash, keyName = '', base64 = '', ...rest] = line.split(' ');
  const bytes = readBase64(base64);
  if (dash !== '—' || !isName(keyName) || rest.length > 0 || !bytes || bytes.length <= idSize)
    return undefined;
  return { keyName, keyId: toHex(bytes.subarray(0, idSize)), bytes: bytes.slice(idSize) };
}

/**
 * Which of the known keys have signed the text, each once. None when none has, and none when a signature of one of
 * them is false, whatever the others are. Signatures of unknown keys are passed over.
 */
export async function verifyNote(
  { text, signatures }: SignedNote,
  known: readonly VerifierKey[],
): Promise<readonly VerifiedSignature[]> {
  const verified: VerifiedSignature[] = [];
  for (const key of known) {
    const own = signatures.filter(({ keyName, keyId }) => keyName === key.name && keyId === key.id);
    const genuine = await Promise.all(own.map(({ bytes }) => verifySignature(key, text, bytes)));
    if (!genuine.every(Boolean)) return [];
    if (own[0])
      verified.push({ key, time: key.type === 'cosignature' ? Number(timeOf(own[0].bytes)) : undefined });
  }
  return verified;
}

function verifySignature(key: VerifierKey, text: string, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
  if (key.type === 'ed25519') return verifyEd25519(key.publicKey, bytes, toUtf8(text));
  // c2sp.org/tlog-cosignature.
  const time = timeOf(bytes);
  if (time === undefined || time > maxTime) return Promise.resolve(false);
  return verifyEd25519(
    key.publicKey,
    bytes.subarray(timeSize),
    toUtf8(`cosignature/v1\ntime ${time}\n${text}`),
  );
}

function timeOf(bytes: Uint8Array<ArrayBuffer>): bigint | undefined {
  return bytes.length < timeSize ? undefined : new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0);
}

/** By the browser's own code: all that we support have it, and a library would be downloaded for nothing. */
async function verifyEd25519(
  publicKey: Uint8Array<ArrayBuffer>,
  signature: Uint8Array<ArrayBuffer>,
  message: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  let key: CryptoKey;
  try {
    key = await crypto.subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify']);
  } catch (error) {
    // A browser without Ed25519 must not be taken for a forged signature.
    if (error instanceof DOMException && error.name === 'NotSupportedError') throw error;
    return false;
  }
  return crypto.subtle.verify('Ed25519', key, signature, message);
}

/** Whether a name can stand in a signature's line. */
function isName(name: string): boolean {
  return /^[^\p{White_Space}+]+$/u.test(name) && isPlain(name);
}
