import { ApiError } from './ApiError';
import { words } from './words';

/** What a person needs to know about a failed call, and what to do next. */
export interface Explanation {
  readonly title: string;
  readonly detail: string;
  readonly remedy: 'signIn' | 'retry' | 'none';
  /** What the API asks to wait. */
  readonly retryAfterSeconds?: number;
  /** When to try again without being asked: what the API asks to wait, or a while where nothing answers. */
  readonly passesInSeconds?: number;
  /** For a support request; names one call in the server's logs. */
  readonly traceId?: string;
}

/** How long to wait for a service that does not answer. */
const unansweredSeconds = 10;

const { codes, invitations, statuses, other } = words;

function sentences(error: ApiError): { title: string; detail: string } {
  const { reason } = error.problem;
  if (error.code === 'invalid_invitation' && reason) return invitations[reason];
  const known = codes[error.code as keyof typeof codes] as { title: string; detail: string } | undefined;
  if (known) return known;
  const byStatus = statuses[error.status as keyof typeof statuses] as
    { title: string; detail: string } | undefined;
  if (byStatus) return { title: byStatus.title, detail: error.detail ?? byStatus.detail };
  return { title: other.title, detail: error.detail ?? other.detail };
}

/** Maps the API's codes first, since they are stable, then the status; never shows a raw error. */
export function explain(error: unknown): Explanation {
  if (!(error instanceof ApiError)) return { ...other, remedy: 'retry' };
  const signIn = error.status === 401 || error.code === 'signed_out';
  const refused = error.status >= 400 && error.status < 500 && error.status !== 408 && error.status !== 429;
  const passes = error.retryAfterSeconds ?? (error.isTransient ? unansweredSeconds : undefined);
  return {
    ...sentences(error),
    remedy: signIn ? 'signIn' : refused ? 'none' : 'retry',
    ...(error.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: error.retryAfterSeconds }),
    ...(passes === undefined ? {} : { passesInSeconds: passes }),
    ...(error.traceId === undefined ? {} : { traceId: error.traceId }),
  };
}
