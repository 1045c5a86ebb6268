import { hash as sha256 } from '@stablelib/sha256';
import { fromBase64Url, toBase64Url, toHex, toUtf8 } from '../format/bytes';

/** Bytes of the chain's hash that a checkpoint keeps for every record since the one before it. */
export const markSize = 6;

/** What a checkpoint says: at this time, this organisation's trail ended with this record and this hash. */
export interface Statement {
  readonly organization: string;
  /** The last record's; 0 for an empty trail. */
  readonly sequence: number;
  /** 64 lower-case hex digits. */
  readonly hash: string;
  /** Seconds since 1970. */
  readonly signedAt: number;
  /** SHA-256 over the checkpoint before, 64 hex digits; undefined for the first. */
  readonly previous: string | undefined;
  /** Base64url. The hash proves that nothing was changed; the marks tell where. */
  readonly marks: string;
}

export interface SignedCheckpoint {
  /** SHA-256 over the compact form: what the checkpoint after this one names as its previous. */
  readonly digest: string;
  /** The signing key's RFC 7638 thumbprint: the fingerprint that an auditor pins. */
  readonly signer: string;
  readonly statement: Statement;
}

interface PublicKey {
  readonly x: string;
  readonly y: string;
  readonly thumbprint: string;
}

const maxLength = 1024 * 1024;
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

function parse(part: string): Record<string, unknown> {
  const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(fromBase64Url(part)));
  if (typeof value !== 'object' || value === null) throw new TypeError('no object');
  return value as Record<string, unknown>;
}

/** Throws on a header that is not one of a checkpoint. */
function readHeader(part: string): PublicKey {
  const { alg, typ, kid, jwk } = parse(part);
  const { x, y } = (jwk ?? {}) as Record<string, unknown>;
  if (alg !== 'ES256' || typ !== 'audit-checkpoint' || typeof x !== 'string' || typeof y !== 'string')
    throw new TypeError('no header of a checkpoint');
  // RFC 7638: these members, in this order.
  const thumbprint = toBase64Url(sha256(toUtf8(JSON.stringify({ crv: 'P-256', kty: 'EC', x, y }))));
  if (kid !== thumbprint) throw new TypeError('the name is not the key’s');
  return { x, y, thumbprint };
}

/** Throws on a payload that is not one of a checkpoint. */
function readStatement(part: string): Statement {
  const { org, seq, hash, iat, prev, marks } = parse(part);
  if (
    typeof org !== 'string' ||
    !Number.isSafeInteger(seq) ||
    typeof hash !== 'string' ||
    !Number.isSafeInteger(iat) ||
    (prev !== undefined && prev !== null && typeof prev !== 'string') ||
    typeof marks !== 'string'
  )
    throw new TypeError('no statement');
  return {
    organization: org,
    sequence: seq as number,
    hash,
    signedAt: iat as number,
    previous: prev ?? undefined,
    marks,
  };
}

/**
 * Reads checkpoints (compact JWS, RFC 7515) whose signature fits the key in their header, and undefined for the
 * others; whether that key is trusted is another question.
 */
export function createCheckpointReader(): (compact: string) => Promise<SignedCheckpoint | undefined> {
  // All but a few of them name the same key.
  const keys = new Map<string, Promise<{ thumbprint: string; key: CryptoKey }>>();
  const importKey = async (header: string) => {
    const { x, y, thumbprint } = readHeader(header);
    const jwk = { kty: 'EC', crv: 'P-256', x, y };
    return { thumbprint, key: await crypto.subtle.importKey('jwk', jwk, algorithm, false, ['verify']) };
  };

  return async (compact) => {
    const [header, payload, signature, ...rest] = compact.split('.');
    if (compact.length > maxLength || !header || !payload || !signature || rest.length > 0) return undefined;
    try {
      let signer = keys.get(header);
      if (!signer) keys.set(header, (signer = importKey(header)));
      const { key, thumbprint } = await signer;
      const signed = toUtf8(`${header}.${payload}`);
      if (!(await crypto.subtle.verify(algorithm, key, fromBase64Url(signature), signed))) return undefined;
      return {
        digest: toHex(sha256(toUtf8(compact))),
        signer: thumbprint,
        statement: readStatement(payload),
      };
    } catch {
      // Whatever cannot be read is not genuine.
      return undefined;
    }
  };
}

/** The fingerprints of the keys that checkpoints name, in the order of their first use. */
export function signersOf(compact: readonly string[]): string[] {
  const headers = new Set(compact.map((checkpoint) => checkpoint.slice(0, checkpoint.indexOf('.'))));
  const signers = new Set<string>();
  for (const header of headers) {
    try {
      signers.add(readHeader(header).thumbprint);
    } catch {
      // The verification tells which one it is.
    }
  }
  return [...signers];
}
