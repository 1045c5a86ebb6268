import { describe, expect, it } from 'vitest';
import type { Meeting } from '../../api/types';
import {
  completed,
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
