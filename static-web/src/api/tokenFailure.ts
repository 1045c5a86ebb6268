/** OAuth's and OpenID Connect's codes, and those of Auth0's client, that say nothing about the person but that no answer could be had. */
const unanswered = [
  'timeout',
  'request_error',
  'server_error',
  'temporarily_unavailable',
  'too_many_requests',
];

/** Whether no token came because the identity provider could not be asked, rather than because it refuses. */
export function isUnanswered(failure: unknown): boolean {
  if (typeof failure !== 'object' || failure === null) return false;
  if ('error' in failure) return unanswered.includes(String(failure.error));
  // What fetch rejects with, and what Auth0's client makes of it, carries no code.
  return failure instanceof Error;
}
