import type { Meeting } from '../../api/types';
import { instantsOf, toWallTime } from '../../format/wallTime';
import { words } from './words';

type Recurrence = NonNullable<Meeting['recurrence']>;
export type Week = NonNullable<Recurrence['monthly_week']>;

/** How a series with fixed times repeats, as its fields hold it; what is left out goes by the day that it starts on. */
export interface RecurrenceForm {
  readonly type: Recurrence['type'];
  readonly interval: number | undefined;
  /** Of weekly ones: 1 (Sunday) to 7. */
  readonly days?: readonly number[];
  /** Of monthly ones: by the day of the month, or by the day of a week of it. */
  readonly by: 'day' | 'week';
  readonly day?: number | undefined;
  readonly week?: Week;
  readonly weekDay?: number;
  readonly ends: 'times' | 'date';
  readonly times: number | undefined;
  /** The last day, as 2026-03-29. */
  readonly until?: string;
}

export type RecurrenceErrors = Partial<Record<'interval' | 'days' | 'day' | 'times' | 'until', string>>;

/** Zoom's limits: days, weeks or months between two times, and times in all. */
export const mostBetween = { 1: 90, 2: 12, 3: 3 } as const;
export const mostTimes = 50;
const daysOfMonth = 31;

export const weekly: RecurrenceForm = { type: 2, interval: 1, by: 'day', ends: 'times', times: 10 };

/** 1 (Sunday) to 7 */
export function weekDayOf(date: string): number {
  return new Date(`${date}T00:00Z`).getUTCDay() + 1;
}

/** What a day in a month is by its week: the first to fourth of its kind, or else the last. */
export function weekOf(date: string): Week {
  const week = Math.ceil(Number(date.slice(8)) / 7);
  return week > 4 ? -1 : (week as Week);
}

/** With what it says nothing of, for a series that starts on `date`. */
export function completed(form: RecurrenceForm, date: string) {
  return {
    days: [weekDayOf(date)],
    // Not where somebody has emptied the field.
    ...('day' in form ? {} : { day: Number(date.slice(8)) }),
    week: weekOf(date),
    weekDay: weekDayOf(date),
    until: date,
    ...form,
  };
}

/** Whether a series that starts on `date` has a time on that day; where none is chosen, it has. */
export function isOfSeries(form: RecurrenceForm, date: string): boolean {
  if (form.type === 1 || date === '') return true;
  const { days, day, week, weekDay } = completed(form, date);
  if (form.type === 2) return days.length === 0 || days.includes(weekDayOf(date));
  if (form.by === 'day') return day === undefined || day === Number(date.slice(8));
  return weekDay === weekDayOf(date) && (week === -1 ? isLastWeek(date) : week === weekOf(date));
}

function isLastWeek(date: string): boolean {
  const later = new Date(`${date}T00:00Z`);
  later.setUTCDate(later.getUTCDate() + 7);
  return later.getUTCMonth() + 1 !== Number(date.slice(5, 7));
}

export function readRecurrence(recurrence: Recurrence, timeZone: string): RecurrenceForm {
  const { type, repeat_interval: interval = 1, monthly_week: week, monthly_week_day: weekDay } = recurrence;
  const {
    weekly_days: days = '1',
    monthly_day: day = 1,
    end_date_time: end,
    end_times: times = 1,
  } = recurrence;
  return {
    type,
    interval,
    ...(type === 2 ? { days: days.split(',').map(Number) } : {}),
    by: week === undefined ? 'day' : 'week',
    ...(type === 3 && week === undefined ? { day } : {}),
    ...(week === undefined || weekDay === undefined ? {} : { week, weekDay }),
    ...(end
      ? { ends: 'date', times: 10, until: toWallTime(new Date(end), timeZone).slice(0, 10) }
      : { ends: 'times', times }),
  };
}

/** For a series that starts on `date`. */
export function validateRecurrence(form: RecurrenceForm, date: string): RecurrenceErrors {
  const { days, day, until } = completed(form, date);
  const most = mostBetween[form.type];
  return {
    ...(isCount(form.interval, most) ? {} : { interval: words.countBetween(most) }),
    ...(form.type === 2 && days.length === 0 ? { days: words.daysMissing } : {}),
    ...(form.type === 3 && form.by === 'day' && !isCount(day, daysOfMonth)
      ? { day: words.countBetween(daysOfMonth) }
      : {}),
    ...(form.ends === 'times' && !isCount(form.times, mostTimes)
      ? { times: words.countBetween(mostTimes) }
      : {}),
    ...(form.ends === 'date' && until < date ? { until: words.untilBefore } : {}),
  };
}

function isCount(value: number | undefined, most: number): boolean {
  return value !== undefined && Number.isInteger(value) && value >= 1 && value <= most;
}

/** As the API takes it; the form has been checked. */
export function toRecurrence(form: RecurrenceForm, date: string, timeZone: string): Recurrence {
  const { days, day = 1, week, weekDay, until } = completed(form, date);
  return {
    type: form.type,
    repeat_interval: form.interval ?? 1,
    ...(form.type === 2 ? { weekly_days: days.toSorted((one, other) => one - other).join(',') } : {}),
    ...(form.type === 3
      ? form.by === 'day'
        ? { monthly_day: day }
        : { monthly_week: week, monthly_week_day: weekDay }
      : {}),
    ...(form.ends === 'date' ? { end_date_time: endOf(until, timeZone) } : { end_times: form.times ?? 1 }),
  };
}

/** The last minute of a day: a time on that day still belongs to the series. */
function endOf(date: string, timeZone: string): string {
  const last = instantsOf(`${date}T23:59`, timeZone).at(-1) ?? new Date(`${date}T23:59Z`);
  return last.toISOString().replace('.000Z', 'Z');
}
