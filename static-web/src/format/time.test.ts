import { describe, expect, it, vi } from 'vitest';
import { formatDateTime, formatDuration, formatTime, isTimeZone } from './time';

it('knows time zones', () => {
  expect(['Europe/Berlin', 'UTC', '', 'Mars/Olympus'].map(isTimeZone)).toEqual([true, true, false, false]);
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

  it.each([
    [['en-US'], '2:30 PM'],
    [['en-GB', 'de'], '14:30'],
    // English for the words, and the first language for the clock.
    [['de-DE', 'en-US'], '14:30'],
    [['fr'], '14:30'],
    [['hi-IN', 'en-GB'], '2:30 pm'],
  ])('follow the clock of %j: %s', (languages, told) => {
    vi.stubGlobal('navigator', { languages });
    expect(formatTime('2026-01-15T13:30:00Z', undefined, 'Europe/Berlin').replace(/\s/, ' ')).toBe(told);
  });
});
