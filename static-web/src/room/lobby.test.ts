import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../api/ApiError';
import type { MeetingStatus } from '../api/types';
import { admit } from './admit';
import { Lobby, type LobbyView } from './Lobby';
import { delayAfter } from './StatusWatch';
import { words } from './words';

type Settings = NonNullable<NonNullable<MeetingStatus['meeting']>['settings']>;

const described = (
  status: string,
  role: 0 | 1,
  reason: NonNullable<MeetingStatus['reason']> = role ? 'host' : 'not_the_host',
  settings?: Settings,
): MeetingStatus => ({
  status,
  role,
  reason,
  meeting: {
    id: 81234567890,
    topic: 'Review',
    host_email: 'carol@acme.example',
    ...(settings ? { settings } : {}),
  },
});

/** A page that can be looked away from. */
class Page extends EventTarget {
  hidden = false;

  show(isShown: boolean): void {
    this.hidden = !isShown;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Opens the lobby; `next` is what each further question is answered. */
function enter(first: MeetingStatus, asked: 0 | 1, next: () => Promise<MeetingStatus>) {
  const seen = { views: [] as LobbyView[], joins: [] as (0 | 1)[], refusals: [] as unknown[], asked: 0 };
  const page = new Page();
  const lobby = new Lobby(
    first,
    asked,
    () => {
      seen.asked += 1;
      return next();
    },
    {
      changed: (view) => seen.views.push(view),
      join: (role) => seen.joins.push(role),
      refused: (error) => seen.refusals.push(error),
    },
    page,
  );
  lobby.open();
  return { lobby, page, seen, view: () => seen.views.at(-1)! };
}

const answering = (status: string) => () => Promise.resolve({ status });

describe('the lobby', () => {
  it.each([
    ['waiting', 0, 0, undefined, { waits: true, role: 0, mayHost: false }],
    ['waiting', 1, 1, undefined, { waits: false, role: 1, mayHost: false }],
    ['waiting', 1, 0, undefined, { waits: true, role: 0, mayHost: true }],
    ['waiting', 0, 0, { join_before_host: true }, { waits: false, role: 0, mayHost: false }],
    ['started', 0, 0, undefined, { waits: false, role: 0, mayHost: false }],
    ['ended', 0, 1, undefined, { waits: true, role: 0, mayHost: false }],
  ] as const)(
    'of a meeting that is %s, for who may be %i and asks for %i',
    (status, given, asked, settings, expected) => {
      const { view } = enter(described(status, given, undefined, settings), asked, answering(status));
      expect(view()).toMatchObject({ status, ...expected });
    },
  );

  it('says why somebody is there as what they are', () => {
    const why = (given: 0 | 1, asked: 0 | 1, reason: NonNullable<MeetingStatus['reason']>) =>
      enter(described('waiting', given, reason), asked, answering('waiting')).view().why;
    expect(why(0, 1, 'not_the_host')).toBe(words.lowered.notHost('carol@acme.example'));
    expect(why(0, 1, 'invitation')).toBe(words.lowered.invitation);
    expect(why(0, 0, 'invitation')).toBe(words.lobby.invited);
    expect(why(0, 0, 'not_the_host')).toBe(words.lobby.member);
    expect(why(1, 1, 'host')).toBe(words.lowered.host);
  });

  it('joins by itself, once, when the meeting that it waited for starts', async () => {
    let status = 'waiting';
    const { seen } = enter(described('waiting', 0), 0, () => Promise.resolve({ status }));
    await vi.advanceTimersByTimeAsync(12_000);
    expect(seen.joins).toEqual([]);
    status = 'started';
    await vi.advanceTimersByTimeAsync(60_000);
    expect(seen.joins).toEqual([0]);
    expect(seen.asked).toBe(3);
  });

  it('joins nobody by itself who does not wish it, need not wait, or finds the meeting running', async () => {
    const unwilling = enter(described('waiting', 0), 0, answering('started'));
    unwilling.lobby.joinByItself(false);
    const host = enter(described('waiting', 1), 1, answering('started'));
    const late = enter(described('started', 0), 0, answering('started'));
    await vi.advanceTimersByTimeAsync(30_000);
    for (const { seen, view } of [unwilling, host, late]) {
      expect(seen.joins).toEqual([]);
      expect(view().status).toBe('started');
    }
  });

  it('asks nothing while it is not seen, and at once when it is seen again', async () => {
    const { page, seen } = enter(described('waiting', 0), 0, answering('started'));
    page.show(false);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(seen.asked).toBe(0);
    page.show(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(seen.joins).toEqual([0]);
  });

  it('asks nothing further when the page is left while it asks', async () => {
    const lobby = enter(described('waiting', 0), 0, () => {
      lobby.page.show(false);
      return Promise.resolve({ status: 'waiting' });
    });
    await vi.advanceTimersByTimeAsync(600_000);
    expect(lobby.seen.asked).toBe(1);
  });

  it('says that nothing answers, asks less often then, and goes on when there is an answer', async () => {
    let isDown = true;
    const { seen, view } = enter(described('waiting', 0), 0, () =>
      isDown ? Promise.reject(ApiError.unreachable()) : Promise.resolve({ status: 'waiting' }),
    );
    await vi.advanceTimersByTimeAsync(36_000);
    expect(view().isOutOfTouch).toBe(true);
    expect(seen.asked).toBe(3);
    isDown = false;
    await vi.advanceTimersByTimeAsync(40_000);
    expect(view().isOutOfTouch).toBe(false);
    expect(seen.refusals).toEqual([]);
  });

  it('ends when the person may not be here any more', async () => {
    const error = new ApiError(403, { code: 'invalid_invitation' });
    const { seen } = enter(described('waiting', 0), 0, () => Promise.reject(error));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(seen).toMatchObject({ refusals: [error], joins: [], asked: 1 });
  });

  it('asks nothing any more once somebody joins', async () => {
    const { lobby, seen } = enter(described('waiting', 0), 0, answering('started'));
    lobby.join();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(seen).toMatchObject({ joins: [0], asked: 0 });
  });
});

describe('the wait between two questions', () => {
  it('doubles up to a minute, and is never shorter than the API asks for', () => {
    expect([0, 1, 2, 3, 4, 9].map((failures) => delayAfter(failures))).toEqual([
      5_000, 10_000, 20_000, 40_000, 60_000, 60_000,
    ]);
    expect(delayAfter(1, new ApiError(429, { retryAfterSeconds: 90 }))).toBe(90_000);
  });
});

describe('whoever comes to the room', () => {
  const invitation = 'a.b.c.d.e';
  const request = { meeting: '81234567890', role: 0, left: false } as const;
  const refusal = new ApiError(403, { code: 'invalid_invitation', reason: 'not_yours' });

  /** An API that answers with an invitation, and without one. */
  const api = (withIt: MeetingStatus | ApiError, without: MeetingStatus | ApiError) => ({
    meetingStatus: (_id: string, token?: string) => {
      const answer = token ? withIt : without;
      return answer instanceof ApiError ? Promise.reject(answer) : Promise.resolve(answer);
    },
  });

  it('by an invitation of somebody else, of the meeting’s own organisation, is a colleague', async () => {
    const own = described('waiting', 0);
    expect(await admit(api(refusal, own), { ...request, invitation })).toEqual({ request, status: own });
  });

  it('by an invitation of somebody else, of elsewhere, reads what is wrong with it', async () => {
    const elsewhere = api(refusal, new ApiError(404, { code: 'meeting_not_found' }));
    await expect(admit(elsewhere, { ...request, invitation })).rejects.toBe(refusal);
  });

  it('by a link that was cut is told so, unless they need no invitation', async () => {
    const own = described('waiting', 0);
    const cut = { ...request, isCut: true };
    const unknown = new ApiError(403, { code: 'insufficient_scope' });
    await expect(admit(api(refusal, unknown), cut)).rejects.toMatchObject({ problem: { reason: 'damaged' } });
    expect((await admit(api(refusal, own), cut)).status).toBe(own);
  });
});
