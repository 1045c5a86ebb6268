import { describe, expect, it } from 'vitest';
import { isUnanswered } from './tokenFailure';

describe('a failure to get a token', () => {
  const told = (error: string) => Object.assign(new Error(), { error });

  it.each([new TypeError('Failed to fetch'), told('timeout'), told('request_error'), told('server_error')])(
    'is no refusal: %s',
    (failure) => expect(isUnanswered(failure)).toBe(true),
  );

  it.each([told('login_required'), told('invalid_grant'), told('missing_refresh_token'), undefined])(
    'is a refusal: %s',
    (failure) => expect(isUnanswered(failure)).toBe(false),
  );
});
