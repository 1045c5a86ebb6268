import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Meeting } from '../api/types';
import { groupByDay, tellStart } from './schedule';

const now = new Date('2026-12-31T12:00:00Z');
const meeting = (topic: string, rest: Partial<Meeting>): Meeting => ({ id: 1, topic, type: 2, ...rest });

beforeEach(() => {
  vi.stubGlobal('navigator', { languages: ['en-US'] });
});

describe('the list of meetings', () => {
  it('has what runs first, then days by the reader’s clock in the order of the API', () => {
    const groups = groupByDay(
      [
        meeting('overrunning', { start_time: '2026-12-30T09:00:00Z', status: 'started' }),
        meeting('late', { start_time: '2026-12-30T20:00:00Z', duration: 1440 }),
        meeting('at once', { type: 1, created_at: '2026-12-31T11:59:00Z' }),
        meeting('still today in New York', { start_time: '2027-01-01T04:59:00Z' }),
        meeting('tomorrow there', { start_time: '2027-01-01T05:00:00Z' }),
        meeting('next week', { start_time: '2027-01-08T15:00:00Z' }),
        meeting('series', { type: 3, created_at: '2026-12-01T10:00:00Z' }),
      ],
      now,
      'America/New_York',
    );
    expect(groups.map(({ title, meetings }) => [title, meetings.map(({ topic }) => topic)])).toEqual([
      ['Now', ['overrunning']],
      ['Yesterday, Wednesday, December 30', ['late']],
      ['Today, Thursday, December 31', ['at once', 'still today in New York']],
      ['Tomorrow, Friday, January 1, 2027', ['tomorrow there']],
      ['Friday, January 8, 2027', ['next week']],
      ['At any time', ['series']],
    ]);
  });

  it.each([
    ['2026-12-31T12:05:00Z', 'Starts in 5 min'],
    ['2026-12-31T12:04:01Z', 'Starts in 5 min'],
    ['2026-12-31T13:30:00Z', 'Starts in 1 hr 30 min'],
    ['2026-12-31T12:00:00Z', 'Starts now'],
    ['2026-12-31T11:50:00Z', 'Was due to start 10 min ago'],
    ['2027-01-01T00:00:00Z', undefined],
  ])('says of a start at %s: %s', (start_time, told) => {
    expect(tellStart(meeting('soon', { start_time }), now, 'en-US')).toBe(told);
  });

  it('counts down neither to what runs nor to what has ended', () => {
    for (const status of ['started', 'ended'])
      expect(tellStart(meeting('on', { start_time: '2026-12-31T12:05:00Z', status }), now)).toBeUndefined();
  });
});
