import { describe, expect, it } from 'vitest';
import { findZone, findZones } from './timeZones';

const winter = new Date('2027-01-05T12:00:00Z');
const summer = new Date('2027-07-05T12:00:00Z');
const ids = (text: string, at = winter) => findZones(text, at).map(({ id }) => id);

describe('time zones', () => {
  it.each([
    ['PST', 'America/Los_Angeles'],
    ['pdt', 'America/Los_Angeles'],
    ['Bombay', 'Asia/Kolkata'],
    ['mumb', 'Asia/Kolkata'],
    ['Calcutta', 'Asia/Kolkata'],
    ['+05:30', 'Asia/Kolkata'],
    ['UTC+5:30', 'Asia/Kolkata'],
    ['san francisco', 'America/Los_Angeles'],
    ['Zurich', 'Europe/Zurich'],
    ['Europe/Kiev', 'Europe/Kyiv'],
    ['new york', 'America/New_York'],
    ['japan', 'Asia/Tokyo'],
    ['utc', 'UTC'],
    ['GMT', 'UTC'],
  ])('are found by %j: %s', (text, id) => {
    expect(ids(text)).toContain(id);
  });

  it('have what a text names in full before what only begins so', () => {
    expect(ids('PST')[0]).toBe('America/Los_Angeles');
    expect(ids('Man')[0]).toBe('Europe/Isle_of_Man');
  });

  it('are found by the offset that they have at the time', () => {
    expect(ids('-8')).toContain('America/Los_Angeles');
    expect(ids('-8', summer)).not.toContain('America/Los_Angeles');
    expect(ids('UTC−7:00', summer)).toContain('America/Los_Angeles');
  });

  it('are none of what means nothing, and all of no text', () => {
    expect(ids('Olympus Mons')).toEqual([]);
    expect(ids('').length).toBeGreaterThan(300);
  });

  it('tell places and clock, under whichever name a meeting has', () => {
    expect(findZone('Asia/Calcutta', winter)).toEqual({
      id: 'Asia/Calcutta',
      name: 'Mumbai (IST, UTC+05:30)',
      places: 'Mumbai, Delhi, Bengaluru, Hyderabad',
      clock: 'India Time (IST, UTC+05:30)',
    });
    expect(findZone('America/Los_Angeles', summer).clock).toBe('Pacific Time (PDT, UTC-07:00)');
    expect(findZone('Etc/UTC', winter)).toEqual({
      id: 'Etc/UTC',
      name: 'UTC (UTC+00:00)',
      places: 'UTC',
      clock: 'Coordinated Universal Time (UTC+00:00)',
    });
    // Its own city, not the largest.
    expect(findZone('Europe/Amsterdam', winter).name).toBe('Amsterdam (CET, UTC+01:00)');
    // One that only the browser knows.
    expect(findZone('Etc/GMT+5', winter)).toEqual({
      id: 'Etc/GMT+5',
      places: 'Etc/GMT+5',
      name: 'Etc/GMT+5 (UTC-05:00)',
      clock: '',
    });
  });
});
