import { describe, expect, it } from 'vitest';
import { customerKey } from './customerKey';
import { safeReturnTo } from './returnTo';
import { hasSession } from './session';

describe('the place to return to after a sign-in', () => {
  it.each(['/meetings', '/room?meeting=81234567890&role=1#a.b.c.d.e', '/audit?outcome=denied'])(
    '%s',
    (path) => {
      expect(safeReturnTo(path)).toBe(path);
    },
  );

  it.each([
    undefined,
    7,
    '',
    'https://evil.example/',
    '//evil.example/meetings',
    '/\\evil.example/meetings',
    '/.//evil.example/meetings',
    'javascript:alert(1)',
    '/callback?code=1',
  ])('%j is the first page', (value) => {
    expect(safeReturnTo(value)).toBe('/');
  });
});

describe('a customer key', () => {
  it('is 32 hex digits of SHA-256 over issuer and subject', async () => {
    // printf 'https://idp.example/\nauth0|1' | sha256sum
    expect(await customerKey('https://idp.example/', 'auth0|1')).toBe('0a5ed93a625cea27403bd829c64d75d0');
  });

  it('differs by issuer', async () => {
    expect(await customerKey('https://a.example/', 's')).not.toBe(
      await customerKey('https://b.example/', 's'),
    );
  });
});

describe('a session', () => {
  it('is seen by the cookie of our own client only', () => {
    expect(hasSession('spa', 'a=b; auth0.spa.is.authenticated=true')).toBe(true);
    expect(hasSession('spa', 'auth0.other.is.authenticated=true')).toBe(false);
    expect(hasSession('spa', '')).toBe(false);
  });
});
