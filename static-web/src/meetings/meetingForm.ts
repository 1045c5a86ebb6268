import type { Meeting, MeetingChange, MeetingInput } from '../api/types';
import { fromWallTime, isTimeZone, nextHalfHour, ownTimeZone, toWallTime } from '../format/time';
import { isSeries } from './recurrence';
import { formWords } from './words';

export type Recording = 'none' | 'local' | 'cloud';

export interface MeetingForm {
  readonly topic: string;
  readonly instant: boolean;
  /** As a datetime-local field holds it, in `timeZone`. */
  readonly start: string;
  readonly timeZone: string;
  readonly duration: number;
  readonly agenda: string;
  readonly recording: Recording;
  readonly waitingRoom: boolean;
  /** Its times are not the form's to change. */
  readonly series?: boolean;
}

export type FormErrors = Partial<Record<'topic' | 'start' | 'timeZone' | 'agenda', string>>;

export const durations: readonly number[] = [15, 30, 45, 60, 90, 120, 180, 240, 480];

export function emptyForm(now: Date): MeetingForm {
  return {
    topic: '',
    instant: false,
    start: toWallTime(nextHalfHour(now), ownTimeZone),
    timeZone: ownTimeZone,
    duration: 60,
    agenda: '',
    recording: 'none',
    waitingRoom: true,
  };
}

export function toForm(meeting: Meeting, now: Date): MeetingForm {
  const timeZone = meeting.timezone && isTimeZone(meeting.timezone) ? meeting.timezone : ownTimeZone;
  return {
    topic: meeting.topic ?? '',
    instant: meeting.type === 1,
    start: toWallTime(meeting.start_time ? new Date(meeting.start_time) : nextHalfHour(now), timeZone),
    timeZone,
    duration: meeting.duration ?? 60,
    agenda: meeting.agenda ?? '',
    recording: meeting.settings?.auto_recording ?? 'none',
    waitingRoom: meeting.settings?.waiting_room ?? true,
    ...(isSeries(meeting) ? { series: true } : {}),
  };
}

/** A new meeting like another, at the next half hour; of a series, one of its times. */
export function toDuplicate(meeting: Meeting, now: Date): MeetingForm {
  const form = toForm(meeting, now);
  return {
    ...form,
    instant: false,
    start: toWallTime(nextHalfHour(now), form.timeZone),
    series: false,
  };
}

/** `earliest`: starts before it are refused; absent when an old meeting is edited. */
export function validate(form: MeetingForm, earliest?: Date): FormErrors {
  const errors: FormErrors = {};
  if (form.topic.trim() === '') errors.topic = formWords.topicMissing;
  else if (form.topic.trim().length > 200) errors.topic = formWords.topicTooLong;
  if (form.agenda.length > 2000) errors.agenda = formWords.agendaTooLong;
  if (form.instant || form.series) return errors;

  if (!isTimeZone(form.timeZone)) errors.timeZone = formWords.timeZoneUnknown;
  else if (form.start === '') errors.start = formWords.startMissing;
  else {
    const start = fromWallTime(form.start, form.timeZone);
    if (!start) errors.start = formWords.startSkipped;
    else if (earliest && start < earliest) errors.start = formWords.startPast;
  }
  return errors;
}

/** The body of a create or an update; the form has been checked. */
export function toInput(form: MeetingForm): MeetingInput {
  const start = form.instant || form.series ? undefined : fromWallTime(form.start, form.timeZone);
  return {
    topic: form.topic.trim(),
    type: form.instant ? 1 : 2,
    ...(start
      ? {
          start_time: start.toISOString().replace('.000Z', 'Z'),
          duration: form.duration,
          timezone: form.timeZone,
        }
      : {}),
    agenda: form.agenda.trim(),
    settings: { auto_recording: form.recording, waiting_room: form.waitingRoom },
  };
}

/** The fields that an update may carry: the type of a meeting is given once, and a series keeps its times. */
export function toChange(form: MeetingForm): MeetingChange {
  const change: Partial<MeetingInput> = toInput(form);
  delete change.type;
  return change;
}
