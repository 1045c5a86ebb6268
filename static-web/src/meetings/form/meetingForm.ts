import type { Meeting, MeetingChange, MeetingInput, Occurrence } from '../../api/types';
import { isTimeZone, ownTimeZone } from '../../format/time';
import { instantsOf, nextHalfHour, toWallTime } from '../../format/wallTime';
import {
  readRecurrence,
  toRecurrence,
  validateRecurrence,
  weekly,
  type RecurrenceErrors,
  type RecurrenceForm,
} from './recurrenceForm';
import { words } from './words';

export type Recording = 'none' | 'local' | 'cloud';

/** `once`: at a set time; `now`: at once; `series`: again and again at set times; `anytime`: again and again without them. */
export type Kind = 'once' | 'now' | 'series' | 'anytime';

export interface MeetingForm {
  readonly topic: string;
  readonly kind: Kind;
  /** As 2026-03-29, by the clocks of `timeZone`. */
  readonly date: string;
  /** As 14:30; undefined while what is typed is no time. */
  readonly time: string | undefined;
  /** Which of the two times is meant, where the clocks are put back. */
  readonly pass?: 0 | 1;
  readonly timeZone: string;
  /** Minutes; undefined while what is typed is no length. */
  readonly duration: number | undefined;
  readonly recurrence: RecurrenceForm;
  readonly agenda: string;
  readonly recording: Recording;
  readonly waitingRoom: boolean;
}

export type FormErrors = RecurrenceErrors &
  Partial<Record<'topic' | 'date' | 'time' | 'pass' | 'duration' | 'agenda', string>>;

const kinds: Readonly<Record<number, Kind>> = { 1: 'now', 2: 'once', 3: 'anytime', 8: 'series' };
const types = { now: 1, once: 2, anytime: 3, series: 8 } as const;
const mostMinutes = 24 * 60;
const usualMinutes = 60;

export function emptyForm(now: Date): MeetingForm {
  return {
    topic: '',
    kind: 'once',
    ...startAt(nextHalfHour(now), ownTimeZone),
    duration: usualMinutes,
    recurrence: weekly,
    agenda: '',
    recording: 'none',
    waitingRoom: true,
  };
}

export function toForm(meeting: Meeting, now: Date): MeetingForm {
  const {
    topic = '',
    type = 2,
    start_time: start,
    duration,
    timezone,
    recurrence,
    agenda,
    settings,
  } = meeting;
  const timeZone = timezone && isTimeZone(timezone) ? timezone : ownTimeZone;
  return {
    topic,
    kind: kinds[type] ?? 'once',
    ...startAt(start ? new Date(start) : nextHalfHour(now), timeZone),
    duration: duration ?? usualMinutes,
    recurrence: recurrence ? readRecurrence(recurrence, timeZone) : weekly,
    agenda: agenda ?? '',
    recording: settings?.auto_recording ?? 'none',
    waitingRoom: settings?.waiting_room ?? true,
  };
}

/** A new meeting like another, at the next half hour. */
export function toDuplicate(meeting: Meeting, now: Date): MeetingForm {
  const form = toForm(meeting, now);
  return {
    ...form,
    kind: form.kind === 'now' ? 'once' : form.kind,
    ...startAt(nextHalfHour(now), form.timeZone),
  };
}

/** One time of a series: what the series says where it says nothing else. */
export function toOccurrenceForm(
  series: Meeting,
  { start_time, duration }: Occurrence,
  now: Date,
): MeetingForm {
  const one = {
    ...series,
    type: 2,
    ...(start_time ? { start_time } : {}),
    ...(duration ? { duration } : {}),
  };
  return toForm(one, now);
}

function startAt(instant: Date, timeZone: string): Pick<MeetingForm, 'date' | 'time' | 'pass' | 'timeZone'> {
  const [date = '', time] = toWallTime(instant, timeZone).split('T');
  const passes = instantsOf(`${date}T${time}`, timeZone);
  const pass = passes.findIndex((one) => one.getTime() === Math.floor(instant.getTime() / 60_000) * 60_000);
  return { date, time, timeZone, ...(passes.length > 1 ? { pass: pass === 1 ? 1 : 0 } : {}) };
}

/** When a meeting may start by what is entered: twice where the clocks are put back, never where they skip it. */
export function startsOf({ date, time, timeZone }: MeetingForm): readonly Date[] {
  return time === undefined ? [] : instantsOf(`${date}T${time}`, timeZone);
}

/** When it starts; undefined while that is not clear. */
export function startOf(form: MeetingForm): Date | undefined {
  const starts = startsOf(form);
  return starts[starts.length > 1 ? (form.pass ?? -1) : 0];
}

export function hasTimes({ kind }: MeetingForm): boolean {
  return kind === 'once' || kind === 'series';
}

/** `earliest`: starts before it are refused; absent where the start stays as it is. */
export function validate(form: MeetingForm, earliest?: Date): FormErrors {
  const errors: FormErrors = {};
  if (form.topic.trim() === '') errors.topic = words.topicMissing;
  else if (form.topic.trim().length > 200) errors.topic = words.topicTooLong;
  if (form.agenda.length > 2000) errors.agenda = words.agendaTooLong;
  if (!hasTimes(form)) return errors;

  if (form.duration === undefined || form.duration < 1 || form.duration > mostMinutes)
    errors.duration = words.durationUnknown;
  const starts = startsOf(form);
  const start = startOf(form);
  if (form.date === '') errors.date = words.dateMissing;
  else if (form.time === undefined) errors.time = words.timeUnknown;
  else if (starts.length === 0) errors.time = words.startSkipped;
  else if (!start) errors.pass = words.passMissing;
  else if (earliest && start < earliest)
    errors[start.getTime() + 86_400_000 < earliest.getTime() ? 'date' : 'time'] = words.startPast;
  return form.kind === 'series' ? { ...errors, ...validateRecurrence(form.recurrence, form.date) } : errors;
}

/** The body of a create; the form has been checked. */
export function toInput(form: MeetingForm): MeetingInput {
  return {
    topic: form.topic.trim(),
    type: types[form.kind],
    ...(hasTimes(form)
      ? { ...toStart(form), timezone: form.timeZone, duration: form.duration ?? usualMinutes }
      : {}),
    ...(form.kind === 'series' ? { recurrence: recurrenceOf(form) } : {}),
    agenda: form.agenda.trim(),
    settings: { auto_recording: form.recording, waiting_room: form.waitingRoom },
  };
}

/** The body of an update: what differs from what the form began as, undefined where nothing does. Starts and recurrence of a series go together. */
export function toChange(form: MeetingForm, begun: MeetingForm): MeetingChange | undefined {
  const differs = (...names: (keyof MeetingForm)[]) =>
    names.some((name) => JSON.stringify(form[name]) !== JSON.stringify(begun[name]));
  const settings = {
    ...(differs('recording') ? { auto_recording: form.recording } : {}),
    ...(differs('waitingRoom') ? { waiting_room: form.waitingRoom } : {}),
  };
  const change: MeetingChange = {
    ...(differs('topic') ? { topic: form.topic.trim() } : {}),
    ...(movesStart(form, begun)
      ? {
          ...toStart(form),
          timezone: form.timeZone,
          ...(form.kind === 'series' ? { recurrence: recurrenceOf(form) } : {}),
        }
      : {}),
    ...(hasTimes(form) && differs('duration') && form.duration ? { duration: form.duration } : {}),
    ...(differs('agenda') ? { agenda: form.agenda.trim() } : {}),
    ...(Object.keys(settings).length > 0 ? { settings } : {}),
  };
  return Object.keys(change).length > 0 ? change : undefined;
}

/** Of one time of a series the zone is the series'. */
export function toOccurrenceChange(form: MeetingForm, begun: MeetingForm): MeetingChange | undefined {
  const change = toChange(form, begun);
  if (change) delete change.timezone;
  return change;
}

/** Whether an edit gives other times; only those have to be in the future. */
export function movesStart(form: MeetingForm, begun: MeetingForm): boolean {
  const times = ({ date, time, pass, timeZone, recurrence, kind }: MeetingForm) =>
    JSON.stringify([date, time, pass, timeZone, kind === 'series' && recurrence]);
  return hasTimes(form) && times(form) !== times(begun);
}

/** A series keeps to the wall clock, so it is told that; an instant where the clocks read it twice. */
function toStart(form: MeetingForm): Pick<MeetingInput, 'start_time'> {
  const starts = startsOf(form);
  if (form.kind === 'series' && starts.length === 1) return { start_time: `${form.date}T${form.time}:00` };
  const start = startOf(form);
  return start ? { start_time: start.toISOString().replace('.000Z', 'Z') } : {};
}

function recurrenceOf({ recurrence, date, timeZone }: MeetingForm) {
  return toRecurrence(recurrence, date, timeZone);
}
