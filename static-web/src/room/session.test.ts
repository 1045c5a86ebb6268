import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createApi } from '../api/client';
import type { SignatureInput } from '../api/types';
import { customerKey } from '../identity/customerKey';
import { serve, type Received, type Reply } from '../testing/server';
import { ZoomError } from './outcome';
import type { RoomRequest } from './request';
import { RoomSession, type Join, type RoomState } from './session';
import { words } from './words';
import type { JoinArguments } from './zoom';

const person = { issuer: 'https://idp.example/', subject: 'auth0|1', name: 'Carol' };
const asked: RoomRequest = { meeting: '81234567890', role: 1, left: false, atOnce: true };
const payload = Buffer.from(JSON.stringify({ mn: '81234567890', role: 1 })).toString('base64url');

beforeEach(() => {
  vi.stubGlobal('window', { location: { origin: 'https://site.example' } });
});

/** A server that gives `role` with signatures that live for `seconds`, the first for a time of its own. */
function answers(role: 0 | 1, seconds: readonly number[] = [7200]) {
  let signatures = 0;
  return ({ body }: Received): Reply => {
    const isWhole = (body as SignatureInput).include === 'meeting';
    const life = seconds[Math.min(signatures++, seconds.length - 1)] ?? 0;
    return {
      body: {
        signature: `h.${payload}.signature-${signatures}`,
        sdkKey: 'k',
        meetingNumber: '81234567890',
        role,
        reason: role ? 'host' : 'hosting_not_allowed',
        expiresAt: new Date(Date.now() + life * 1000).toISOString(),
        ...(role ? { zak: 'zak-1' } : {}),
        ...(isWhole
          ? { meeting: { id: 81234567890, topic: 'Review', type: 2, password: 'passcode-1' } }
          : {}),
      },
    };
  };
}

function open(request: RoomRequest, join: Join, reopen: (request: RoomRequest) => void = () => undefined) {
  return new RoomSession(request, { load: () => undefined, join }, reopen);
}

function start(session: RoomSession, url: string): void {
  session.start(
    createApi(url, () => Promise.resolve('token-1')),
    person,
  );
}

/** Joins, and keeps the signature that it joined with. */
function recordSignatures(signatures: string[]): Join {
  return async (args, _leaveUrl, onStep) => {
    signatures.push((await args()).signature);
    onStep('talking');
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
    const { url, received } = await serve(answers(1));
    const given: [JoinArguments, string][] = [];
    const session = open({ ...asked, invitation: 'a.b.c.d.e' }, async (args, leaveUrl, onStep) => {
      given.push([await args(), leaveUrl]);
      onStep('talking');
    });
    start(session, url);
    start(session, url);
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
    expect(received.map(({ path, body }) => [path, body])).toEqual([
      ['/signature', { meetingNumber: '81234567890', role: 1, invitation: 'a.b.c.d.e', include: 'meeting' }],
    ]);
    expect(JSON.stringify(given)).not.toMatch(/token-1|a\.b\.c\.d\.e/);
  });

  it('shows neither passcode, ZAK nor a whole signature when the join fails', async () => {
    const { url } = await serve(answers(1));
    const session = open(asked, async (args) => {
      await args();
      throw new ZoomError(3712);
    });
    start(session, url);

    const state = await reach(session, 'failed');
    expect(state).toMatchObject({ given: { role: 1, claims: { role: 1 }, hasPasscode: true, hasZak: true } });
    expect(JSON.stringify(state)).not.toMatch(/passcode-1|zak-1|signature-1|token-1/);
  });

  it('says why a role was lowered, and joins when the person agrees, with a fresh signature', async () => {
    const { url, received } = await serve(answers(0, [30, 7200]));
    const signatures: string[] = [];
    const session = open(asked, recordSignatures(signatures));
    start(session, url);

    expect(await reach(session, 'lowered')).toMatchObject({ why: words.lowered.hosting_not_allowed });
    expect(signatures).toEqual([]);
    session.joinAsParticipant();
    await reach(session, 'talking');
    expect(signatures).toEqual([`h.${payload}.signature-2`]);
    expect(received.filter(({ path }) => path === '/signature')).toHaveLength(2);
  });

  it('ends with the API’s own error when it refuses', async () => {
    const { url } = await serve(() => ({ status: 404, body: { code: 'meeting_not_found' } }));
    const session = open(asked, () => Promise.reject(new Error('never asked')));
    start(session, url);
    expect(await reach(session, 'refused')).toMatchObject({ error: { code: 'meeting_not_found' } });
  });

  it('asks for nothing when the person has just left', async () => {
    const { url, received } = await serve(answers(1));
    const session = open({ ...asked, left: true }, () => Promise.resolve());
    start(session, url);
    await Promise.resolve();
    expect(session.snapshot()).toEqual({ phase: 'left' });
    expect(received).toHaveLength(0);
  });

  it('signs anew when the SDK took too long to be ready, and ends with the API’s error when that fails', async () => {
    const { url, received } = await serve(answers(1, [30, 7200]));
    const signatures: string[] = [];
    const session = open(asked, recordSignatures(signatures));
    start(session, url);
    await reach(session, 'talking');
    expect(signatures).toEqual([`h.${payload}.signature-2`]);
    expect(received.filter(({ path }) => path === '/signature')).toHaveLength(2);

    let calls = 0;
    const refusing = await serve((request) =>
      request.path === '/signature' && ++calls > 1
        ? { status: 403, body: { code: 'invalid_invitation' } }
        : answers(1, [30])(request),
    );
    const refused = open(asked, async (args) => {
      await args();
    });
    start(refused, refusing.url);
    expect(await reach(refused, 'refused')).toMatchObject({ error: { code: 'invalid_invitation' } });
  });
});

describe('a session whose signature is about to end', () => {
  const reopened: RoomRequest[] = [];

  beforeEach(() => {
    reopened.length = 0;
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** A session of somebody who asked to host, up to where the SDK talks; tells the SDK's steps. */
  async function talk(role: 0 | 1, seconds: number): Promise<Parameters<Join>[2]> {
    const { url } = await serve(answers(role, [seconds]));
    let tell: Parameters<Join>[2] = () => undefined;
    const session = open(
      asked,
      async (args, _leaveUrl, onStep) => {
        await args();
        tell = onStep;
        onStep('talking');
      },
      (request) => reopened.push(request),
    );
    start(session, url);
    if (role === 0) {
      await reach(session, 'lowered');
      session.joinAsParticipant();
    }
    await reach(session, 'talking');
    return tell;
  }

  it('joins anew before it ends while the person waits outside', async () => {
    await talk(1, 7200);
    await vi.advanceTimersByTimeAsync(7_000_000);
    expect(reopened).toEqual([]);
    await vi.advanceTimersByTimeAsync(100_000);
    expect(reopened).toEqual([asked]);
    await vi.advanceTimersByTimeAsync(10_000_000);
    expect(reopened).toHaveLength(1);
  });

  it('does not ask again whoever has agreed to a lower role', async () => {
    await talk(0, 7200);
    await vi.advanceTimersByTimeAsync(7_200_000);
    expect(reopened).toEqual([{ ...asked, role: 0 }]);
  });

  it('leaves those alone who are inside, and joins anew when they are put outside again', async () => {
    const tell = await talk(1, 7200);
    tell('inside');
    await vi.advanceTimersByTimeAsync(10_000_000);
    expect(reopened).toEqual([]);
    tell('outside');
    expect(reopened).toEqual([asked]);
  });

  it('uses one up that has little from the beginning, so that no two attempts chase each other', async () => {
    await talk(1, 200);
    await vi.advanceTimersByTimeAsync(150_000);
    expect(reopened).toEqual([]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(reopened).toEqual([asked]);
  });

  it('stops when the join fails', async () => {
    const { url } = await serve(answers(1, [7200]));
    const session = open(
      asked,
      async (args) => {
        await args();
        throw new ZoomError(3008);
      },
      (request) => reopened.push(request),
    );
    start(session, url);
    await reach(session, 'failed');
    await vi.advanceTimersByTimeAsync(10_000_000);
    expect(reopened).toEqual([]);
    session.retry();
    expect(reopened).toEqual([asked]);
  });
});
