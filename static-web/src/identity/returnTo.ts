/** Where the identity provider sends people back to; registered there as allowed callback. */
export const callbackPath = '/callback';

/** The current place, fragment included: it stays in this tab's storage and goes to no server. */
export function here(): string {
  const { pathname, search, hash } = window.location;
  return pathname === callbackPath ? '/' : pathname + search + hash;
}

/** Only a path of this site: an address from outside must not turn a sign-in into a redirect elsewhere. */
export function safeReturnTo(value: unknown): string {
  if (typeof value !== 'string' || !value.startsWith('/')) return '/';
  const base = 'https://site.invalid';
  const url = URL.canParse(value, base) ? new URL(value, base) : undefined;
  // Dots resolve away, so a path may turn out to begin like an address: /.//elsewhere.example
  if (url?.origin !== base || url.pathname === callbackPath || url.pathname.startsWith('//')) return '/';
  return url.pathname + url.search + url.hash;
}
