/**
 * What an access's end is asked for by: an address or a subject. A summary's key of somebody without an address is the issuer and the
 * subject with `|` between, and only the subject may have one of its own.
 */
export function subjectOf(personKey: string): string {
  const bar = personKey.indexOf('|');
  return /^https?:\/\//.test(personKey) && bar > 0 ? personKey.slice(bar + 1) : personKey;
}
