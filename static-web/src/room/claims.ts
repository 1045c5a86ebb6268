export type Claims = Readonly<Record<string, string | number | boolean>>;

/** The claims of a JWT for people to read; undefined when it is none. Checks nothing: that is Zoom's part. */
export function decodeClaims(token: string): Claims | undefined {
  const payload = token.split('.')[1];
  if (!payload) return undefined;
  try {
    const binary = atob(payload.replaceAll('-', '+').replaceAll('_', '/'));
    const json = new TextDecoder().decode(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Claims)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Enough to recognise a signature by, too little to use it. */
export function shorten(token: string): string {
  return `${token.slice(0, 8)}…${token.slice(-4)}`;
}
