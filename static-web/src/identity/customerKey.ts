import { toHex, toUtf8 } from '../format/bytes';

/** Zoom takes 36 characters; 128 bits suffice to tell people apart. */
const length = 16;

/**
 * A person's pseudonymous id, which Zoom gives back in webhooks: the first 16 bytes of SHA-256 over issuer, line
 * feed and subject in UTF-8, as 32 lower-case hex digits. The API writes the same into its trail.
 */
export async function customerKey(issuer: string, subject: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', toUtf8(`${issuer}\n${subject}`));
  return toHex(new Uint8Array(hash, 0, length));
}
