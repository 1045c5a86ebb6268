import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createApi } from '../api/client';
import { customerKey } from '../identity/customerKey';
import { serve, type Answer, type Seen } from '../testing/server';
import { text } from '../text';
import { ZoomError } from './outcome';
import type { RoomRequest } from './request';
import { RoomSession, type Join, type RoomState } from './session';
import type { JoinArguments } from './zoom';

const person = { issuer: 'https://idp.example/', subject: 'auth0|1', name: 'Carol' };
const asked: RoomRequest = { meeting: '81234567890', role: 1, left: false };
const payload = Buffer.from(JSON.stringify({ mn: '81234567890', role: 1 })).toString('base64url');

beforeEach(() => {
  vi.stubGlobal('window', { location: { origin: 'https://site.example' } });
});

/** A server that gives `role` with signatures that live for `seconds`, the first for a time of its own. */
function answers(role: 0 | 1, seconds: readonly number[] = [7200]) {
  let signatures = 0;
  return ({ path }: Seen): Answer => {
    if (path === '/me')
      return {
        body: { subject: 's', groups: ['employees'], permissions: ['meetings:join'], emailVerified: true },
      };
    if (path.startsWith('/meetings/'))
      return { body: { id: 81234567890, topic: 'Review', type: 2, password: 'passcode-1' } };
    const life = seconds[Math.min(signatures++, seconds.length - 1)] ?? 0;
    return {
      body: {
        signature: `h.${payload}.signature-${signatures}`,
        sdkKey: 'k',
        meetingNumber: '81234567890',
        role,
        expiresAt: new Date(Date.now() + life * 1000).toISOString(),
        ...(role ? { zak: 'zak-1' } : {}),
      },
    };
  };
}

async function reach(session: RoomSession, phase: RoomState['phase']): Promise<RoomState> {
  return vi.waitFor(() => {
    const state = session.snapshot();
    if (state.phase !== phase) throw new Error(`still ${state.phase}`);
    return state;
  });
}

describe('a session in the room', () => {
  it('gives the SDK what it needs, once, and nothing of the invitation', async () => {
    const { url, seen } = await serve(answers(1));
    const given: [JoinArguments, string][] = [];
    const session = new RoomSession({ ...asked, grant: 'a.b.c.d.e' }, (args, leaveUrl, onStep) => {
      given.push([args, leaveUrl]);
      onStep('talking');
      return Promise.resolve();
    });
    const api = createApi(url, () => Promise.resolve('token-1'));
    session.start(api, person);
    session.start(api, person);
    await reach(session, 'talking');

    expect(given).toEqual([
      [
        {
          meetingNumber: '81234567890',
          userName: 'Carol',
          signature: `h.${payload}.signature-1`,
          passWord: 'passcode-1',
          customerKey: await customerKey(person.issuer, person.subject),
          zak: 'zak-1',
        },
        'https://site.example/room?meeting=81234567890&role=1&left=1',
      ],
    ]);
    expect(seen.find(({ path }) => path === '/signature')?.body).toEqual({
      meetingNumber: '81234567890',
      role: 1,
      grant: 'a.b.c.d.e',
    });
    expect(JSON.stringify(given)).not.toMatch(/token-1|a\.b\.c\.d\.e/);
  });

  it('shows neither passcode, ZAK nor a whole signature when the join fails', async () => {
    const { url } = await serve(answers(1));
    const fail: Join = () => Promise.reject(new ZoomError(3712));
    const session = new RoomSession(asked, fail);
    session.start(
      createApi(url, () => Promise.resolve('token-1')),
      person,
    );

    const state = await reach(session, 'failed');
    expect(state).toMatchObject({ given: { role: 1, claims: { role: 1 }, hasPasscode: true, hasZak: true } });
    expect(JSON.stringify(state)).not.toMatch(/passcode-1|zak-1|signature-1|token-1/);
  });

  it('says why a role was lowered, and joins when the person agrees, with a fresh signature', async () => {
    const { url, seen } = await serve(answers(0, [30, 7200]));
    const signatures: string[] = [];
    const session = new RoomSession(asked, (args, _leaveUrl, onStep) => {
      signatures.push(args.signature);
      onStep('talking');
      return Promise.resolve();
    });
    session.start(
      createApi(url, () => Promise.resolve('token-1')),
      person,
    );

    expect(await reach(session, 'lowered')).toMatchObject({ why: text.room.lowered.noPermission });
    expect(signatures).toEqual([]);
    session.joinAsParticipant();
    await reach(session, 'talking');
    expect(signatures).toEqual([`h.${payload}.signature-2`]);
    expect(seen.filter(({ path }) => path === '/signature')).toHaveLength(2);
  });

  it('ends with the API’s own error when it refuses', async () => {
    const { url } = await serve(() => ({ status: 404, body: { code: 'meeting_not_found' } }));
    const session = new RoomSession(asked, () => Promise.reject(new Error('never asked')));
    session.start(
      createApi(url, () => Promise.resolve('token-1')),
      person,
    );
    expect(await reach(session, 'refused')).toMatchObject({ error: { code: 'meeting_not_found' } });
  });

  it('asks for nothing when the person has just left', async () => {
    const { url, seen } = await serve(answers(1));
    const session = new RoomSession({ ...asked, left: true }, () => Promise.resolve());
    session.start(
      createApi(url, () => Promise.resolve('token-1')),
      person,
    );
    await Promise.resolve();
    expect(session.snapshot()).toEqual({ phase: 'left' });
    expect(seen).toHaveLength(0);
  });
});
