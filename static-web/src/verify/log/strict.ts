import { fromBase64 } from '../../format/bytes';
import { hashSize } from './merkle';

// What is signed must not be writable in two ways. What cannot be read is undefined.

/** From UTF-8. */
export function readText(bytes: Uint8Array): string | undefined {
  return attempt(() => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
}

export function readBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  return attempt(() => fromBase64(text));
}

/** From the base64 of 32 bytes. */
export function readHash(text: string): Uint8Array<ArrayBuffer> | undefined {
  const hash = readBase64(text);
  return hash?.length === hashSize ? hash : undefined;
}

/** A safe integer without leading zeros, sign or blanks. */
export function readNumber(text: string): number | undefined {
  const value = Number(text);
  return Number.isSafeInteger(value) && value >= 0 && String(value) === text ? value : undefined;
}

/** Whether the text has no control characters of ASCII but line feeds. */
export function isPlain(text: string): boolean {
  return !Array.from(text).some((character) => character < ' ' && character !== '\n');
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
