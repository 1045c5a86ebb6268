import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Meeting } from '../api/types';
import { parseJoinTarget } from '../format/meetingNumber';
import { colleagueLink, guestLink, invitationText } from './invitation';

const meeting: Meeting = {
  id: 81234567890,
  topic: 'Review',
  type: 2,
  start_time: '2026-01-15T13:30:00Z',
  timezone: 'Europe/Berlin',
  password: 'secret',
  join_url: 'https://zoom.us/j/81234567890?pwd=secret',
};

beforeEach(() => {
  vi.stubGlobal('navigator', { languages: ['de', 'en-GB'] });
});

describe('an invitation', () => {
  it('tells colleagues when and where, and no passcode', () => {
    const words = invitationText(meeting, colleagueLink(meeting, 'https://site.example'));
    expect(words).toContain('Thu, 15 Jan 2026, 14:30 CET');
    expect(words).toContain('https://site.example/join?meeting=81234567890');
    expect(words).toContain('812 3456 7890');
    expect(words).not.toContain('secret');
  });

  it('leads guests to the meeting with their invitation in the fragment', () => {
    const link = guestLink(meeting, 'https://site.example/join#a.b.c.d.e');
    expect(parseJoinTarget(link)).toEqual({ number: '81234567890', invitation: 'a.b.c.d.e' });
    expect(new URL(link).search).not.toContain('a.b.c');
    expect(invitationText(meeting, link, 'dave@globex.example')).toContain('dave@globex.example only');
  });
});
