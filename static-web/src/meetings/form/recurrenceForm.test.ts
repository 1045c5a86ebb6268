import { describe, expect, it } from 'vitest';
import type { Meeting } from '../../api/types';
import {
  completed,
  isOfSeries,
  readRecurrence,
  toRecurrence,
  validateRecurrence,
  weekly,
  type RecurrenceForm,
} from './recurrenceForm';
import { words } from './words';

type Recurrence = NonNullable<Meeting['recurrence']>;

/** A Friday, the last of its month. */
const date = '2026-01-30';
const zone = 'America/New_York';

describe('how a series repeats', () => {
  it('goes by the day that it starts on, unless something else is said', () => {
    expect(completed(weekly, date)).toMatchObject({
      days: [6],
      day: 30,
      week: -1,
      weekDay: 6,
      until: date,
    });
    expect(completed({ ...weekly, days: [2], until: '2026-02-28' }, date)).toMatchObject({
      days: [2],
      until: '2026-02-28',
    });
  });

  it.each<[Partial<RecurrenceForm>, Recurrence]>([
    [
      { type: 1, interval: 3 },
      { type: 1, repeat_interval: 3, end_times: 10 },
    ],
    [{ days: [4, 2] }, { type: 2, repeat_interval: 1, weekly_days: '2,4', end_times: 10 }],
    [
      { type: 3, times: 2 },
      { type: 3, repeat_interval: 1, monthly_day: 30, end_times: 2 },
    ],
    [
      { type: 3, by: 'week' },
      { type: 3, repeat_interval: 1, monthly_week: -1, monthly_week_day: 6, end_times: 10 },
    ],
    [
      { type: 1, ends: 'date', until: '2026-03-31' },
      { type: 1, repeat_interval: 1, end_date_time: '2026-04-01T03:59:00Z' },
    ],
  ])('%j is what the API takes, and comes back', (change, recurrence) => {
    const form = { ...weekly, ...change };
    expect(validateRecurrence(form, date)).toEqual({});
    expect(toRecurrence(form, date, zone)).toEqual(recurrence);
    expect(toRecurrence(readRecurrence(recurrence, zone), '2026-02-02', zone)).toEqual(recurrence);
  });

  it.each<[boolean, Partial<RecurrenceForm>, string?]>([
    [true, { type: 1 }],
    [true, {}],
    [true, { days: [2, 6] }],
    [false, { days: [2, 4] }],
    [true, { days: [] }],
    [true, { type: 3, day: 30 }],
    [false, { type: 3, day: 31 }],
    [true, { type: 3, day: undefined }],
    [true, { type: 3, by: 'week' }],
    [true, { type: 3, by: 'week', week: -1, weekDay: 6 }],
    [false, { type: 3, by: 'week', week: 4, weekDay: 6 }],
    [false, { type: 3, by: 'week', week: -1, weekDay: 5 }],
    // The fourth Friday of a month that has no fifth is its last, too.
    [true, { type: 3, by: 'week', week: -1, weekDay: 6 }, '2026-02-27'],
    [true, { type: 3, by: 'week', week: 4, weekDay: 6 }, '2026-02-27'],
    [false, { type: 3, by: 'week', week: -1, weekDay: 6 }, '2026-02-20'],
    [true, { days: [2] }, ''],
  ])('says %s of whether it has a time on its first day: %j', (has, change, first = date) => {
    expect(isOfSeries({ ...weekly, ...change }, first)).toBe(has);
  });

  it.each<[Partial<RecurrenceForm>, object]>([
    [{ interval: undefined }, { interval: words.countBetween(12) }],
    [{ interval: 13 }, { interval: words.countBetween(12) }],
    [{ type: 1, interval: 91 }, { interval: words.countBetween(90) }],
    [{ type: 3, interval: 4 }, { interval: words.countBetween(3) }],
    [{ interval: 1.5 }, { interval: words.countBetween(12) }],
    [{ days: [] }, { days: words.daysMissing }],
    [{ type: 3, day: 32 }, { day: words.countBetween(31) }],
    [{ type: 3, day: undefined }, { day: words.countBetween(31) }],
    [{ times: 0 }, { times: words.countBetween(50) }],
    [{ ends: 'date', until: '2026-01-29' }, { until: words.untilBefore }],
    [{ ends: 'date', until: '' }, { until: words.untilBefore }],
  ])('refuses %j', (change, errors) => {
    expect(validateRecurrence({ ...weekly, ...change }, date)).toEqual(errors);
  });
});
