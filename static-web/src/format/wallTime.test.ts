import { describe, expect, it } from 'vitest';
import { instantsOf, nextHalfHour, startOfDay, toWallTime } from './wallTime';

describe('the clock of a time zone', () => {
  it.each([
    ['2026-01-15T14:30', 'Europe/Berlin', '2026-01-15T13:30:00.000Z'],
    ['2026-07-15T14:30', 'Europe/Berlin', '2026-07-15T12:30:00.000Z'],
    ['2026-07-15T14:30', 'Asia/Kolkata', '2026-07-15T09:00:00.000Z'],
    ['2026-07-15T00:15', 'Pacific/Auckland', '2026-07-14T12:15:00.000Z'],
    ['2026-07-15T14:30', 'UTC', '2026-07-15T14:30:00.000Z'],
  ])('%s in %s is %s', (wallTime, zone, instant) => {
    expect(instantsOf(wallTime, zone)).toEqual([new Date(instant)]);
    expect(toWallTime(new Date(instant), zone)).toBe(wallTime);
  });

  it.each([
    ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z'],
    ['2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30:00.000Z', '2026-11-01T06:30:00.000Z'],
    ['2026-04-05T01:45', 'Australia/Lord_Howe', '2026-04-04T14:45:00.000Z', '2026-04-04T15:15:00.000Z'],
  ])('reads %s in %s twice', (wallTime, zone, first, second) => {
    expect(instantsOf(wallTime, zone)).toEqual([new Date(first), new Date(second)]);
  });

  it.each([
    ['2026-03-29T02:30', 'Europe/Berlin'],
    ['2026-03-08T02:30', 'America/New_York'],
    ['2026-02-30T10:00', 'UTC'],
    ['2026-01-15T10:00', 'Mars/Olympus'],
    ['', 'UTC'],
    ['tomorrow', 'UTC'],
  ])('never reads %j in %s', (wallTime, zone) => {
    expect(instantsOf(wallTime, zone)).toEqual([]);
  });

  it.each([
    ['2026-03-29', 'Europe/Berlin', 0, '2026-03-28T23:00:00.000Z'],
    ['2026-03-29', 'Europe/Berlin', 1, '2026-03-29T22:00:00.000Z'],
    // The clocks skip its first hour.
    ['2026-04-24', 'Africa/Cairo', 0, '2026-04-23T22:00:00.000Z'],
  ])('begins %s in %s, %i days later, at %s', (date, zone, later, instant) => {
    expect(startOfDay(date, zone, later)).toEqual(new Date(instant));
  });

  it('begins no day that there is not', () => {
    expect(['2026-02-30', '2026', ''].map((date) => startOfDay(date, 'UTC'))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('proposes the next half hour', () => {
    const next = (text: string) => nextHalfHour(new Date(text)).toISOString();
    expect(next('2026-01-15T13:05:12Z')).toBe('2026-01-15T13:30:00.000Z');
    expect(next('2026-01-15T13:30:00Z')).toBe('2026-01-15T14:00:00.000Z');
  });
});
