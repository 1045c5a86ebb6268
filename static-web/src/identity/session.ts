/** Where the tabs of a browser tell each other that a sign-in is over. */
export const endedChannel = 'securezoom-session-ended';

/** Ended where accounts are managed, or by the person, in one tab for all of them. */
export type SessionEnd = 'revoked' | 'signedOut';

export function isSessionEnd(message: unknown): message is SessionEnd {
  return message === 'revoked' || message === 'signedOut';
}

/** Whether Auth0's client has signed somebody in on this browser: it leaves a cookie that says only that. */
export function hasSession(clientId: string, cookies: string = document.cookie): boolean {
  return cookies.split('; ').some((cookie) => cookie.startsWith(`auth0.${clientId}.is.authenticated=`));
}
