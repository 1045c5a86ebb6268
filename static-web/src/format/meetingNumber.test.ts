import { describe, expect, it } from 'vitest';
import {
  formatMeetingNumber,
  isCutInvitation,
  parseInvitation,
  parseJoinTarget,
  parseMeetingNumber,
  roomAddress,
} from './meetingNumber';

const invitation = 'eyJhbGciOiJkaXIifQ..aXY.Y2lwaGVy.dGFn';

describe('a meeting number', () => {
  it.each([
    ['81234567890', '81234567890'],
    ['812 3456 7890', '81234567890'],
    ['812-345-678', '812345678'],
    ['  8123456789 ', '8123456789'],
  ])('%j is %s', (typed, number) => {
    expect(parseMeetingNumber(typed)).toBe(number);
  });

  it.each([
    '',
    '12345678',
    '123456789012',
    '81234a67890',
    '-81234567890',
    '81234567890-',
    '８１２３４５６７８９０',
    '812.3456.7890',
  ])('%j is none', (typed) => {
    expect(parseMeetingNumber(typed)).toBeUndefined();
  });

  it('is shown in groups', () => {
    expect([812345678, 8123456789, '81234567890'].map(formatMeetingNumber)).toEqual([
      '812 345 678',
      '812 345 6789',
      '812 3456 7890',
    ]);
  });
});

describe('what is typed to join', () => {
  it.each([
    ['812 3456 7890', { number: '81234567890' }],
    ['https://site.example/room?meeting=81234567890&role=1', { number: '81234567890' }],
    [`https://site.example/join?meeting=81234567890#${invitation}`, { number: '81234567890', invitation }],
    [`https://site.example/join#${invitation}`, { invitation }],
    [`https://site.example/join?meeting=81234567890#eyJhbGciOiJk`, { number: '81234567890', isCut: true }],
    [`https://site.example/join#${invitation.slice(0, 25)}`, { isCut: true }],
    ['https://acme.zoom.us/j/81234567890?pwd=secret', { number: '81234567890' }],
    ['https://zoom.us/wc/join/81234567890', { number: '81234567890' }],
  ])('%s', (typed, target) => {
    expect(parseJoinTarget(typed)).toEqual(target);
  });

  it.each(['hello', 'https://site.example/', 'javascript:81234567890', 'https://zoom.us/j/123'])(
    '%j is no meeting',
    (typed) => {
      expect(parseJoinTarget(typed)).toBeUndefined();
    },
  );
});

describe('an invitation', () => {
  it('stays in the fragment of the room’s address', () => {
    const address = new URL(roomAddress('81234567890', 0, invitation), 'https://site.example');
    expect(address.pathname + address.search).not.toContain(invitation);
    expect(parseInvitation(address.hash)).toBe(invitation);
  });

  it.each(['', '#', '#main', '#a.b.c', '#a.b.c.d.e.f', '#a.b.c.d.e\r\nX: y'])('%j is none', (fragment) => {
    expect(parseInvitation(fragment)).toBeUndefined();
  });

  it('is told from one whose link was cut, and from what is none', () => {
    expect(isCutInvitation(`#${invitation.slice(0, 30)}`)).toBe(true);
    for (const fragment of ['', '#', '#main', `#${invitation}`])
      expect(isCutInvitation(fragment)).toBe(false);
  });
});
