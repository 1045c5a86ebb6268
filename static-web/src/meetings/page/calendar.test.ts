import { describe, expect, it } from 'vitest';
import { calendarLinks } from './calendar';

const meeting = {
  id: 81234567890,
  topic: 'Budget & plans + more',
  start_time: '2026-01-15T23:30:00Z',
  duration: 45,
  password: 'secret',
  join_url: 'https://zoom.us/j/81234567890?pwd=secret',
};

describe('an entry of a calendar', () => {
  it('has the meeting’s time and leads to our page alone', () => {
    const links = calendarLinks(meeting, 'https://site.example')!;
    const [google, outlook] = [new URL(links.google).searchParams, new URL(links.outlook).searchParams];
    expect(google.get('text')).toBe('Budget & plans + more');
    expect(google.get('dates')).toBe('20260115T233000Z/20260116T001500Z');
    expect([outlook.get('startdt'), outlook.get('enddt')]).toEqual([
      '2026-01-15T23:30:00.000Z',
      '2026-01-16T00:15:00.000Z',
    ]);
    for (const where of [google, outlook])
      expect(where.get('location')).toBe('https://site.example/join?meeting=81234567890');
    expect(links.outlook).not.toContain('+');
    expect(links.google + links.outlook).not.toMatch(/zoom\.us|secret/);
  });

  it('needs a time', () => {
    expect(calendarLinks({ id: 81234567890, type: 3 }, 'https://site.example')).toBeUndefined();
  });
});
