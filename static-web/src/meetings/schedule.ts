import type { Meeting } from '../api/types';
import { formatDuration, formatLongDay, ownTimeZone } from '../format/time';
import { toWallTime } from '../format/wallTime';
import { words } from './words';

/** What the browser knows of a meeting's time beyond what the API has put it under. */
export type Phase = 'running' | 'ended' | 'open';

export interface Group {
  readonly title: string;
  readonly meetings: readonly Meeting[];
}

const minute = 60_000;
const withoutTimes = 3;

export function phaseOf(meeting: Meeting): Phase {
  if (meeting.status === 'started') return 'running';
  return meeting.status === 'ended' ? 'ended' : 'open';
}

/** Those that run, then the days of the others by the reader's clock, in the order that they came in. */
export function groupByDay(meetings: readonly Meeting[], now: Date, timeZone = ownTimeZone): Group[] {
  const groups = new Map<string, Meeting[]>();
  const running = meetings.filter((meeting) => phaseOf(meeting) === 'running');
  if (running.length > 0) groups.set(words.now, running);
  for (const meeting of meetings) {
    if (phaseOf(meeting) === 'running') continue;
    const title = dayTitle(meeting, now, timeZone);
    groups.set(title, [...(groups.get(title) ?? []), meeting]);
  }
  return [...groups].map(([title, list]) => ({ title, meetings: list }));
}

function dayTitle(meeting: Meeting, now: Date, timeZone: string): string {
  const time = timeOf(meeting);
  if (time === undefined) return words.anyTime;
  const dayOf = (instant: Date) => toWallTime(instant, timeZone).slice(0, 10);
  const day = dayOf(new Date(time));
  const date = formatLongDay(new Date(time), dayOf(now).slice(0, 4) !== day.slice(0, 4), timeZone);
  // Noon and a day on is tomorrow, however long today is.
  const noon = Date.parse(`${dayOf(now)}T12:00:00Z`);
  const near = words.nearDays.find(
    (_name, place) => new Date(noon + (place - 1) * 1440 * minute).toISOString().slice(0, 10) === day,
  );
  return near ? words.nearDay(near, date) : date;
}

/** When it starts, or was made where it starts at once; undefined for a series without times. */
export function timeOf(meeting: Meeting): number | undefined {
  const time = Date.parse(
    meeting.start_time ?? (meeting.type === withoutTimes ? '' : (meeting.created_at ?? '')),
  );
  return Number.isNaN(time) ? undefined : time;
}

/** How long a start is told by what is left of it. */
const soon = 12 * 60 * minute;

/** “Starts in 5 min”; undefined while that is far off, and for what runs or has ended. */
export function tellStart(meeting: Meeting, now: Date, language?: string): string | undefined {
  if (!meeting.start_time || phaseOf(meeting) !== 'open') return undefined;
  const left = Date.parse(meeting.start_time) - now.getTime();
  if (!(left < soon)) return undefined;
  const minutes = Math.ceil(left / minute);
  if (minutes > 0) return words.startsIn(formatDuration(minutes, language));
  return minutes > -1 ? words.startsNow : words.due(formatDuration(-minutes, language));
}
