import { describe, expect, it } from 'vitest';
import { serve } from '../testing/server';
import { createApi } from './client';

const token = () => Promise.resolve('token-1');

describe('the API client', () => {
  it('sends the token, and only the query that is set', async () => {
    const { url, received } = await serve(() => ({ body: { meetings: [] } }));
    const api = createApi(`${url}/api`, token);
    await api.listMeetings({});
    await api.listMeetings({ when: 'past', cursor: 'c/1' });
    expect(received.map(({ path }) => path)).toEqual([
      '/api/meetings',
      '/api/meetings?when=past&cursor=c%2F1',
    ]);
    expect(received[0]?.headers.authorization).toBe('Bearer token-1');
  });

  it('hands an invitation over in its header, never in the address', async () => {
    const { url, received } = await serve(() => ({ body: { status: 'waiting' } }));
    await createApi(url, token).meetingStatus('81234567890', 'a.b.c.d.e');
    expect(received[0]?.headers['meeting-invitation']).toBe('a.b.c.d.e');
    expect(received[0]?.path).toBe('/meetings/81234567890/status');
  });

  it('escapes whatever goes into a path', async () => {
    const { url, received } = await serve(() => ({ body: {} }));
    await createApi(url, token).describeMeeting('../audit?x=1');
    expect(received[0]?.path).toBe('/meetings/..%2Faudit%3Fx%3D1/details');
  });

  it('turns a problem document into an ApiError', async () => {
    const { url } = await serve(() => ({
      status: 503,
      type: 'application/problem+json',
      body: { code: 'audit_unavailable', title: 'No', detail: 'd', retryAfterSeconds: 2, traceId: 't' },
    }));
    await expect(createApi(url, token).me()).rejects.toMatchObject({
      status: 503,
      code: 'audit_unavailable',
      detail: 'd',
      retryAfterSeconds: 2,
      traceId: 't',
    });
  });

  it('tells when access has ended, and of no other refusal', async () => {
    let revoked = 0;
    for (const code of ['invalid_token', 'token_revoked']) {
      const { url } = await serve(() => ({ status: 401, type: 'application/problem+json', body: { code } }));
      await expect(createApi(url, token, () => (revoked += 1)).me()).rejects.toMatchObject({ code });
    }
    expect(revoked).toBe(1);
  });

  it.each(['', 'no json', '"a text"'])('lives with an error answer of %j', async (body) => {
    const { url } = await serve(() => ({ status: 404, type: 'text/plain', body }));
    await expect(createApi(url, token).me()).rejects.toMatchObject({ status: 404, code: 'unknown' });
  });

  it('says when nothing answers', async () => {
    await expect(createApi('http://127.0.0.1:1', token).me()).rejects.toMatchObject({
      status: 0,
      code: 'unreachable',
    });
  });

  it('asks nothing of the API when nobody is signed in any longer', async () => {
    const { url, received } = await serve(() => ({}));
    const api = createApi(url, () => Promise.reject(Object.assign(new Error(), { error: 'login_required' })));
    await expect(api.me()).rejects.toMatchObject({ code: 'signed_out' });
    expect(received).toHaveLength(0);
  });

  it('does not call a sign-in ended because the identity provider cannot be asked', async () => {
    const api = createApi('http://127.0.0.1:1', () => Promise.reject(new TypeError('Failed to fetch')));
    await expect(api.me()).rejects.toMatchObject({ code: 'sign_in_unreachable', isTransient: true });
  });
});
