/** Where the tabs of a browser tell each other that access has ended. */
export const endedChannel = 'securezoom-session-ended';

/** Whether Auth0's client has signed somebody in on this browser: it leaves a cookie that says only that. */
export function hasSession(clientId: string, cookies: string = document.cookie): boolean {
  return cookies.split('; ').some((cookie) => cookie.startsWith(`auth0.${clientId}.is.authenticated=`));
}
