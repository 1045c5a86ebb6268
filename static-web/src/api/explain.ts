import { ApiError } from './ApiError';
import { words } from './words';

/** What a person needs to know about a failed call, and what to do next. */
export interface Explanation {
  readonly title: string;
  readonly detail: string;
  readonly remedy: 'signIn' | 'retry' | 'none';
  readonly retryAfterSeconds?: number;
  /** For a support request; names one call in the server's logs. */
  readonly traceId?: string;
}

const { codes, statuses, other } = words;

function sentences(error: ApiError): { title: string; detail: string } {
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
  return {
    ...sentences(error),
    remedy: signIn ? 'signIn' : refused ? 'none' : 'retry',
    ...(error.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: error.retryAfterSeconds }),
    ...(error.traceId === undefined ? {} : { traceId: error.traceId }),
  };
}
