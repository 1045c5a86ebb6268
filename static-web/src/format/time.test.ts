import { describe, expect, it } from 'vitest';
import { formatDateTime, formatDuration, fromWallTime, isTimeZone, nextHalfHour, toWallTime } from './time';

describe('the clock of a time zone', () => {
  it.each([
    ['2026-01-15T14:30', 'Europe/Berlin', '2026-01-15T13:30:00.000Z'],
    ['2026-07-15T14:30', 'Europe/Berlin', '2026-07-15T12:30:00.000Z'],
    ['2026-07-15T14:30', 'Asia/Kolkata', '2026-07-15T09:00:00.000Z'],
    ['2026-07-15T00:15', 'Pacific/Auckland', '2026-07-14T12:15:00.000Z'],
    ['2026-07-15T14:30', 'UTC', '2026-07-15T14:30:00.000Z'],
    // Clocks are put back at 3:00, so 2:30 comes twice: the first one counts.
    ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    ['2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30:00.000Z'],
  ])('%s in %s is %s', (wallTime, zone, instant) => {
    expect(fromWallTime(wallTime, zone)?.toISOString()).toBe(instant);
    expect(toWallTime(new Date(instant), zone)).toBe(wallTime);
  });

  it.each([
    ['2026-03-29T02:30', 'Europe/Berlin'],
    ['2026-03-08T02:30', 'America/New_York'],
    ['2026-02-30T10:00', 'UTC'],
    ['', 'UTC'],
    ['tomorrow', 'UTC'],
  ])('never reads %j in %s', (wallTime, zone) => {
    expect(fromWallTime(wallTime, zone)).toBeUndefined();
  });

  it('agrees with itself through the year', () => {
    for (const zone of ['Europe/London', 'America/St_Johns', 'Australia/Lord_Howe', 'Pacific/Kiritimati'])
      for (let hour = 0; hour < 365 * 24; hour += 61) {
        const instant = new Date(Date.UTC(2026, 0, 1, hour));
        const wall = toWallTime(instant, zone);
        expect(toWallTime(fromWallTime(wall, zone)!, zone)).toBe(wall);
      }
  });

  it('knows time zones', () => {
    expect(['Europe/Berlin', 'UTC', '', 'Mars/Olympus'].map(isTimeZone)).toEqual([true, true, false, false]);
  });
});

describe('words for times', () => {
  it.each([
    [15, '15 min'],
    [60, '1 hr'],
    [90, '1 hr, 30 min'],
    [0, '0 min'],
  ])('%i minutes are %j', (minutes, words) => {
    expect(formatDuration(minutes, 'en-US').replace(' hr ', ' hr, ')).toBe(words);
  });

  it('name the zone', () => {
    expect(formatDateTime('2026-01-15T13:30:00Z', 'Europe/Berlin', 'en-GB')).toBe(
      'Thu, 15 Jan 2026, 14:30 CET',
    );
  });

  it('propose the next half hour', () => {
    const next = (text: string) => nextHalfHour(new Date(text)).toISOString();
    expect(next('2026-01-15T13:05:12Z')).toBe('2026-01-15T13:30:00.000Z');
    expect(next('2026-01-15T13:30:00Z')).toBe('2026-01-15T14:00:00.000Z');
  });
});
