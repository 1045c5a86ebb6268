import type { Problem } from './types';

/** A call that did not succeed: the API's problem, or one of our own codes `unreachable`, `sign_in_unreachable`, `signed_out` and `incomplete`. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  /** All that the API said. */
  readonly problem: Problem;
  readonly code: string;
  readonly detail: string | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly traceId: string | undefined;

  constructor(status: number, problem: Problem) {
    super(problem.title ?? `status ${status}`);
    this.status = status;
    this.problem = problem;
    this.code = problem.code ?? 'unknown';
    this.detail = problem.detail;
    this.retryAfterSeconds = problem.retryAfterSeconds;
    this.traceId = problem.traceId;
  }

  static unreachable(): ApiError {
    return new ApiError(0, { code: 'unreachable' });
  }

  /** The identity provider did not answer, so that there is no token for the call. */
  static signInUnreachable(): ApiError {
    return new ApiError(0, { code: 'sign_in_unreachable' });
  }

  static signedOut(): ApiError {
    return new ApiError(0, { code: 'signed_out' });
  }

  /** What came with the link is no whole invitation, so that none was sent. */
  static cutInvitation(): ApiError {
    return new ApiError(403, { code: 'invalid_invitation', reason: 'damaged' });
  }

  /** A stream ended without its trailer, so nobody knows what is missing. */
  static incomplete(): ApiError {
    return new ApiError(0, { code: 'incomplete' });
  }

  /** Whether the same call may succeed when it is made again a moment later. */
  get isTransient(): boolean {
    return (
      [502, 503, 504].includes(this.status) || ['unreachable', 'sign_in_unreachable'].includes(this.code)
    );
  }
}
