import { fromBase64Url, toBase64Url, toUtf8 } from '../format/bytes';
import { isRecord } from '../format/isRecord';
import { parseCheckpoint, type LogCheckpoint } from './log/checkpoint';
import { digest } from './log/merkle';
import {
  parseNote,
  parseVerifierKey,
  verifyNote,
  type VerifiedSignature,
  type VerifierKey,
} from './log/note';

/** As the API answers it. */
export interface CheckpointFile {
  /** The signed note (c2sp.org/tlog-checkpoint). */
  readonly note: string;
  /** A JWS with ES256 over the note's text, detached and not encoded (RFC 7797), which also signs number and time. */
  readonly jws: string;
  /** Witnesses' lines below the note's own; they come later. */
  readonly cosignatures?: readonly string[];
}

/** A genuine checkpoint by a trusted key: at this time, this log had this head. */
export interface TrailCheckpoint extends LogCheckpoint {
  /** Its place among the log's, from 1; undefined where only the note's key is trusted, which signs neither number nor time. */
  readonly number: number | undefined;
  /** Seconds since 1970; undefined likewise. */
  readonly signedAt: number | undefined;
  /** Which of the pinned witnesses have cosigned it, and when. */
  readonly seenBy: readonly VerifiedSignature[];
}

/** Why it is none: not genuine, or by a key that is not trusted. */
export interface BadCheckpoint {
  readonly signer?: string;
}

export type OpenedCheckpoint = { readonly checkpoint: TrailCheckpoint } | { readonly bad: BadCheckpoint };

interface Signer {
  readonly thumbprint: string;
  readonly number: number;
  readonly signedAt: number;
}

const maxLength = 4096;
const maxCosignatures = 64;
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const notGenuine: OpenedCheckpoint = { bad: {} };

/** The fingerprint that an auditor pins: RFC 7638. */
export function thumbprintOf({ x, y }: { readonly x: string; readonly y: string }): string {
  return toBase64Url(digest(toUtf8(JSON.stringify({ crv: 'P-256', kty: 'EC', x, y }))));
}

/**
 * Reads checkpoints that a trusted key has signed, and none of them falsely. `trusted`: fingerprints and vkeys, the
 * log's and witnesses'. A witness's key says what it has seen, not that it is right: it stands for nobody's own.
 */
export function createCheckpointReader(
  trusted: readonly string[],
): (file: CheckpointFile) => Promise<OpenedCheckpoint> {
  const pinned = trusted.map(parseVerifierKey).filter((key) => key !== undefined);
  const noteKeys = pinned.filter(({ type }) => type === 'ed25519');
  const witnesses = pinned.filter(({ type }) => type === 'cosignature');
  // All but a few of them name the same key.
  const keys = new Map<string, Promise<CryptoKey>>();
  const importKey = (x: string, y: string) => {
    const name = `${x}.${y}`;
    const key =
      keys.get(name) ??
      crypto.subtle.importKey('jwk', { kty: 'EC', crv: 'P-256', x, y }, algorithm, false, ['verify']);
    keys.set(name, key);
    return key;
  };

  return async ({ note: text, jws, cosignatures = [] }) => {
    const note = parseNote(toUtf8(text));
    const body = note && parseCheckpoint(note.text);
    const signer = note && (await verifyJws(jws, note.text, importKey));
    if (!body || !signer) return notGenuine;
    const isTimed = trusted.includes(signer.thumbprint);
    const isNamed = note.signatures.some(({ keyName, keyId }) =>
      noteKeys.some(({ name, id }) => name === keyName && id === keyId),
    );
    if (isNamed && (await verifyNote(note, noteKeys)).length === 0) return notGenuine;
    if (!isTimed && !isNamed) return { bad: { signer: signer.thumbprint } };
    const { number, signedAt } = isTimed ? signer : { number: undefined, signedAt: undefined };
    const seenBy = await verifyCosignatures(note.text, cosignatures, witnesses);
    return { checkpoint: { ...body, number, signedAt, seenBy } };
  };
}

/** One by one: a false cosignature takes nothing from the others, nor from the checkpoint. */
async function verifyCosignatures(
  text: string,
  lines: readonly string[],
  witnesses: readonly VerifierKey[],
): Promise<readonly VerifiedSignature[]> {
  if (witnesses.length === 0) return [];
  const notes = lines.slice(0, maxCosignatures).map((line) => parseNote(toUtf8(`${text}\n${line}\n`)));
  const verified = await Promise.all(
    notes.map((note) => (note ? verifyNote(note, witnesses) : Promise.resolve([]))),
  );
  return [...new Map(verified.flat().map((seen) => [seen.key, seen])).values()];
}

/** The signer, when the signature fits the text and the key in its header; whether that is trusted is another question. */
async function verifyJws(
  jws: string,
  text: string,
  importKey: (x: string, y: string) => Promise<CryptoKey>,
): Promise<Signer | undefined> {
  const [header, payload, signature, ...rest] = jws.split('.');
  if (jws.length > maxLength || !header || payload !== '' || !signature || rest.length > 0) return undefined;
  try {
    const { x, y, ...said } = readHeader(header);
    const key = await importKey(x, y);
    const isGenuine = await crypto.subtle.verify(
      algorithm,
      key,
      fromBase64Url(signature),
      toUtf8(`${header}.${text}`),
    );
    return isGenuine ? { thumbprint: thumbprintOf({ x, y }), ...said } : undefined;
  } catch {
    // Whatever cannot be read is not genuine.
    return undefined;
  }
}

/** Throws on a header that is not one of a checkpoint. */
function readHeader(part: string): Omit<Signer, 'thumbprint'> & { readonly x: string; readonly y: string } {
  const header: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(fromBase64Url(part)));
  const { alg, typ, kid, jwk, b64, crit, iat, org, num } = isRecord(header) ? header : {};
  const { x, y } = isRecord(jwk) ? jwk : {};
  if (
    alg !== 'ES256' ||
    typ !== 'audit-checkpoint' ||
    b64 !== false ||
    !Array.isArray(crit) ||
    crit.length !== 1 ||
    crit[0] !== 'b64' ||
    typeof x !== 'string' ||
    typeof y !== 'string' ||
    kid !== thumbprintOf({ x, y }) ||
    !isCount(iat) ||
    !isCount(num) ||
    num === 0 ||
    typeof org !== 'string'
  )
    throw new TypeError('no header of a checkpoint');
  return { x, y, number: num, signedAt: iat };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
