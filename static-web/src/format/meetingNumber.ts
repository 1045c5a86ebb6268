/** What somebody typed or pasted to join: a number, or a link of ours with or without an invitation. */
export interface JoinTarget {
  /** 9 to 11 digits; undefined when an invitation's link does not say it. */
  readonly number?: string;
  readonly invitation?: string;
  /** The link was one of an invitation, and was cut. */
  readonly isCut?: boolean;
}

/** Digits only, or undefined; spaces and dashes may stand between digits, as Zoom writes numbers. */
export function parseMeetingNumber(text: string): string | undefined {
  const trimmed = text.trim();
  if (!/^\d(?:[\s-]*\d)*$/.test(trimmed)) return undefined;
  const digits = trimmed.replace(/\D/g, '');
  return digits.length >= 9 && digits.length <= 11 ? digits : undefined;
}

/** 812 3456 7890, as Zoom groups numbers. */
export function formatMeetingNumber(number: number | string): string {
  const digits = String(number);
  return digits.replace(/^(\d{3})(\d{3}|\d{4})(\d{3,4})$/, '$1 $2 $3');
}

// Zoom's own links carry the number behind /j/, /wc/ or /s/.
const zoomPath = /\/(?:j|s|wc(?:\/join)?)\/(\d{9,11})(?:\/|$)/;

export function parseJoinTarget(text: string): JoinTarget | undefined {
  const number = parseMeetingNumber(text);
  if (number) return { number };
  const trimmed = text.trim();
  if (!URL.canParse(trimmed)) return undefined;

  const url = new URL(trimmed);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  const named = parseMeetingNumber(url.searchParams.get('meeting') ?? '') ?? zoomPath.exec(url.pathname)?.[1];
  const invitation = parseInvitation(url.hash);
  const isCut = url.pathname === '/join' && isCutInvitation(url.hash);
  if (!named && !invitation && !isCut) return undefined;
  return {
    ...(named ? { number: named } : {}),
    ...(invitation ? { invitation } : {}),
    ...(isCut ? { isCut } : {}),
  };
}

/** The invitation of a fragment: a compact JWE has five parts, and nothing else may be sent as a header. */
export function parseInvitation(fragment: string): string | undefined {
  const invitation = fragment.replace(/^#/, '');
  return /^[\w-]+(?:\.[\w-]*){4}$/.test(invitation) ? invitation : undefined;
}

/** Whether a fragment seems to be what is left of an invitation whose link was cut. */
export function isCutInvitation(fragment: string): boolean {
  // Every JWE begins with an object in Base64.
  return /^#?eyJ[\w.-]*$/.test(fragment) && !parseInvitation(fragment);
}

/** The room's address. The invitation stays in the fragment, which browsers send to no server. */
export function roomAddress(number: number | string, role: 0 | 1, invitation?: string): string {
  return `/room?meeting=${number}&role=${role}${invitation ? `#${invitation}` : ''}`;
}
