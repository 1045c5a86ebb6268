import { describe, expect, it } from 'vitest';
import { ApiError } from './ApiError';
import { explain } from './explain';
import { words } from './words';

const { codes, statuses, other } = words;

describe('a failed call', () => {
  it('is explained by its code before its status', () => {
    expect(explain(new ApiError(404, { code: 'meeting_not_found', traceId: 't1' }))).toEqual({
      ...codes.meeting_not_found,
      remedy: 'none',
      traceId: 't1',
    });
  });

  it('is explained by its status when the code is new to us, in the words of the server', () => {
    expect(explain(new ApiError(400, { code: 'brand_new', detail: 'duration is too long' }))).toEqual({
      title: statuses[400].title,
      detail: 'duration is too long',
      remedy: 'none',
    });
  });

  it('says how long to wait', () => {
    expect(explain(new ApiError(429, { retryAfterSeconds: 30 }))).toMatchObject({
      remedy: 'retry',
      retryAfterSeconds: 30,
      passesInSeconds: 30,
    });
  });

  it('is tried again without being asked where nothing answers, and where nothing would change it is not', () => {
    expect(explain(ApiError.unreachable()).passesInSeconds).toBeGreaterThan(0);
    for (const error of [new ApiError(500, {}), new ApiError(403, {}), ApiError.signedOut()])
      expect(explain(error)).not.toHaveProperty('passesInSeconds');
  });

  it.each(['expired', 'withdrawn', 'damaged', 'not_yours'] as const)(
    'for an invitation that is %s says so',
    (reason) => {
      const error = new ApiError(403, { code: 'invalid_invitation', reason });
      expect(explain(error)).toMatchObject(words.invitations[reason]);
    },
  );

  it.each([
    [new ApiError(401, { code: 'invalid_token' }), 'signIn'],
    [ApiError.signedOut(), 'signIn'],
    [ApiError.signInUnreachable(), 'retry'],
    [ApiError.unreachable(), 'retry'],
    [new ApiError(503, { code: 'audit_unavailable' }), 'retry'],
    [new ApiError(500, {}), 'retry'],
    [new ApiError(403, { code: 'insufficient_scope' }), 'none'],
    [new ApiError(409, {}), 'none'],
  ])('%s leads to %s', (error, remedy) => {
    expect(explain(error).remedy).toBe(remedy);
  });

  it('never shows an error that is none of ours', () => {
    expect(explain(new TypeError('secret internals'))).toEqual({ ...other, remedy: 'retry' });
  });

  it('is worth another try only when nothing was decided', () => {
    const transient = [0, 400, 401, 403, 404, 409, 429, 500, 502, 503, 504].filter(
      (status) => new ApiError(status, { code: status === 0 ? 'unreachable' : 'x' }).isTransient,
    );
    expect(transient).toEqual([0, 502, 503, 504]);
  });
});
