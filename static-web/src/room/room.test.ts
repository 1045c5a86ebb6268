import { describe, expect, it } from 'vitest';
import type { Meeting } from '../api/types';
import { decodeClaims, shorten } from './claims';
import { rememberInvitation } from './invitationMemory';
import { explainReason } from './lowered';
import { AssetsError, outcomeOf, worthRetrying, ZoomError } from './outcome';
import { placeOf } from './place';
import { parseRoomRequest } from './request';
import { WatchdogError } from './watchdog';
import { words } from './words';

const invitation = 'eyJhbGciOiJkaXIifQ..aXY.Y2lwaGVy.dGFn';
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('the address of the room', () => {
  it.each([
    ['?meeting=812-3456-7890&role=1', { meeting: '81234567890', role: 1, left: false }],
    ['?meeting=81234567890', { meeting: '81234567890', role: 0, left: false }],
    ['?meeting=81234567890&role=2', { meeting: '81234567890', role: 0, left: false }],
    ['?meeting=81234567890&left=1', { meeting: '81234567890', role: 0, left: true }],
    [`?meeting=81234567890#${invitation}`, { meeting: '81234567890', role: 0, left: false, invitation }],
  ])('%s', (rest, request) => {
    expect(parseRoomRequest(`https://site.example/room${rest}`)).toEqual(request);
  });

  it.each(['', '?meeting=', '?meeting=abc', '?role=1'])('%j names no meeting', (rest) => {
    expect(parseRoomRequest(`https://site.example/room${rest}`)).toBeUndefined();
  });
});

describe('an invitation in the room', () => {
  it('is remembered for joining again, for its own meeting, and only after leaving', () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    };
    const came = { meeting: '81234567890', role: 0, left: false } as const;
    rememberInvitation({ ...came, invitation }, storage);
    expect(rememberInvitation({ ...came, left: true }, storage)).toEqual({ ...came, left: true, invitation });
    expect(rememberInvitation({ ...came, left: true, meeting: '81234567891' }, storage)).not.toHaveProperty(
      'invitation',
    );
    expect(rememberInvitation(came, storage)).toEqual(came);
  });
});

describe('the claims of a signature', () => {
  it('are read, also beyond ASCII', () => {
    const claims = { mn: '81234567890', role: 1, note: 'Grüße ✓' };
    expect(decodeClaims(`${encode({ alg: 'HS256' })}.${encode(claims)}.sig`)).toEqual(claims);
  });

  it.each(['', 'a', 'a.b.c', `a.${encode([1])}.c`, `a.${encode('x')}.c`])('%j has none', (token) => {
    expect(decodeClaims(token)).toBeUndefined();
  });

  it('are shown with too little of the signature to use it', () => {
    const token = `${encode({ alg: 'HS256' })}.${encode({ role: 0 })}.${'s'.repeat(43)}`;
    expect(shorten(token)).toHaveLength(13);
  });
});

describe('the outcome of a join', () => {
  it.each([
    [new ZoomError(1), 'unreachable'],
    [new ZoomError(3004), 'passcode'],
    [new ZoomError(3008), 'notStarted'],
    [new ZoomError(3009), 'removed'],
    [new ZoomError(3265), 'token'],
    [new ZoomError(3623), 'token'],
    [new ZoomError(3610), 'ended'],
    [new ZoomError(3705), 'expired'],
    [new ZoomError(3708), 'role'],
    [new ZoomError(3712), 'signature'],
    [new ZoomError(4003), 'parameter'],
    [new ZoomError(10000), 'outdated'],
    [new ZoomError(77777), 'unknown'],
    [new WatchdogError(), 'silent'],
    [new AssetsError(), 'assets'],
    ['anything', 'unknown'],
  ] as const)('%s is %s', (error, outcome) => {
    expect(outcomeOf(error)).toBe(outcome);
  });

  it('offers another try only where one may help', () => {
    expect(worthRetrying('expired')).toBe(true);
    expect(worthRetrying('silent')).toBe(true);
    expect(worthRetrying('removed')).toBe(false);
    expect(worthRetrying('signature')).toBe(false);
  });
});

describe('the reason why a role was lowered', () => {
  const meeting: Meeting = { id: 81234567890, topic: 't', type: 2, host_email: 'carol@acme.example' };

  it('names the host where the API does', () => {
    expect(explainReason('not_the_host', meeting)).toBe(words.lowered.notHost('carol@acme.example'));
    expect(explainReason('not_the_host', { id: 81234567890 })).toBe(words.lowered.not_the_host);
  });

  it('is the API’s own, whatever else the page knows', () => {
    expect(explainReason('mfa_required', meeting)).toBe(words.lowered.mfa_required);
    expect(explainReason('email_domain_unknown', meeting)).toBe(words.lowered.email_domain_unknown);
  });
});

describe('the place that the SDK tells of', () => {
  it.each([
    [{ meetingStatus: 1 }, undefined],
    [{ meetingStatus: 2 }, 'inside'],
    [{ meetingStatus: 4 }, undefined],
    [{ level: 2 }, undefined],
    [{ level: 4 }, 'outside'],
    [{ level: 6 }, 'outside'],
    [{ level: 7 }, 'inside'],
    [{ level: 8 }, undefined],
    [undefined, undefined],
  ] as const)('%j is %s', (event, place) => {
    expect(placeOf(event)).toBe(place);
  });
});
