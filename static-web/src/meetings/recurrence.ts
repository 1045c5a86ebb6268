import type { Meeting } from '../api/types';
import { formatDate } from '../format/time';
import { recurrenceWords as words } from './words';

const withoutTimes = 3;
const withTimes = 8;

export function isSeries(meeting: Meeting): boolean {
  return meeting.type === withoutTimes || meeting.type === withTimes;
}

/** Every 2 weeks on Mon, Wed, 10 times; undefined for what is no series. */
export function describeRecurrence(meeting: Meeting, language?: string): string | undefined {
  if (meeting.type === withoutTimes) return words.withoutTimes;
  const recurrence = meeting.recurrence;
  if (!recurrence) return isSeries(meeting) ? words.series : undefined;
  const every = words.every(recurrence.repeat_interval ?? 1, words.units[recurrence.type]);
  const end = recurrence.end_date_time
    ? words.until(formatDate(recurrence.end_date_time, meeting.timezone, language))
    : words.times(recurrence.end_times ?? 1);
  return `${[every, daysOf(recurrence)].filter(Boolean).join(' ')}, ${end}`;
}

function daysOf(recurrence: NonNullable<Meeting['recurrence']>): string | undefined {
  const day = (number: number) => words.days[number - 1] ?? '';
  switch (recurrence.type) {
    case 2:
      return words.on(
        (recurrence.weekly_days ?? '1')
          .split(',')
          .map((one) => day(Number(one)))
          .join(', '),
      );
    case 3:
      return recurrence.monthly_week
        ? words.onThe(words.weeks[recurrence.monthly_week], day(recurrence.monthly_week_day ?? 1))
        : words.onDay(recurrence.monthly_day ?? 1);
    default:
      return undefined;
  }
}
