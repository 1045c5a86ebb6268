import { describe, expect, it } from 'vitest';
import type { Meeting } from '../api/types';
import { describeRecurrence } from './recurrence';

const series = (recurrence: NonNullable<Meeting['recurrence']>): Meeting => ({
  id: 81234567890,
  type: 8,
  timezone: 'Europe/Berlin',
  recurrence,
});

describe('a series', () => {
  it.each<[NonNullable<Meeting['recurrence']>, string]>([
    [{ type: 1, end_times: 7 }, 'Every day, 7 times'],
    [{ type: 1, repeat_interval: 3 }, 'Every 3 days, once'],
    [{ type: 2, weekly_days: '2,4', end_times: 10 }, 'Every week on Mon, Wed, 10 times'],
    [{ type: 2, repeat_interval: 2, end_times: 2 }, 'Every 2 weeks on Sun, 2 times'],
    [{ type: 3, monthly_day: 15, end_times: 3 }, 'Every month on day 15, 3 times'],
    [{ type: 3, repeat_interval: 2, end_times: 3 }, 'Every 2 months on day 1, 3 times'],
    [
      { type: 3, monthly_week: -1, monthly_week_day: 6, end_times: 3 },
      'Every month on the last Fri, 3 times',
    ],
    [
      { type: 3, monthly_week: 1, monthly_week_day: 3, end_times: 3 },
      'Every month on the first Tue, 3 times',
    ],
    [{ type: 1, end_date_time: '2026-03-31T22:30:00Z' }, 'Every day, until Apr 1, 2026'],
  ])('%j is told in words', (recurrence, told) => {
    expect(describeRecurrence(series(recurrence), 'en-US')).toBe(told);
  });

  it('without times says so, and other meetings say nothing', () => {
    expect(describeRecurrence({ id: 81234567890, type: 3 })).toBe('Repeats at no set time');
    expect(describeRecurrence({ id: 81234567890, type: 8 })).toBe('Repeats');
    expect(describeRecurrence({ id: 81234567890, type: 2 })).toBeUndefined();
  });
});
