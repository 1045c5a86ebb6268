import { fromBase64Url } from '../format/bytes';
import { isRecord } from '../format/isRecord';

export type Claims = Readonly<Record<string, string | number | boolean>>;

/** The claims of a JWT for people to read; undefined when it is none. Checks nothing: that is Zoom's part. */
export function decodeClaims(token: string): Claims | undefined {
  const payload = token.split('.')[1];
  if (!payload) return undefined;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(fromBase64Url(payload)));
    return isRecord(value) ? (value as Claims) : undefined;
  } catch {
    return undefined;
  }
}

/** Enough to recognise a signature by, too little to use it. */
export function shorten(token: string): string {
  return `${token.slice(0, 8)}…${token.slice(-4)}`;
}
