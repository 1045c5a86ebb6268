import { describe, expect, it } from 'vitest';
import type { Meeting } from '../../api/types';
import {
  startOf,
  startsOf,
  toChange,
  toDuplicate,
  toForm,
  toInput,
  toOccurrenceChange,
  toOccurrenceForm,
  validate,
  type MeetingForm,
} from './meetingForm';
import { weekly } from './recurrenceForm';
import { words } from './words';

const now = new Date('2026-01-15T12:00:00Z');
const form: MeetingForm = {
  topic: ' Review ',
  kind: 'once',
  date: '2026-01-15',
  time: '14:30',
  timeZone: 'Europe/Berlin',
  duration: 45,
  recurrence: weekly,
  agenda: '',
  recording: 'cloud',
  waitingRoom: true,
};
const series: Meeting = {
  id: 81234567890,
  topic: 'Review',
  type: 8,
  start_time: '2026-01-20T13:30:00Z',
  timezone: 'Europe/Berlin',
  duration: 45,
  agenda: '1. Numbers',
  recurrence: { type: 2, weekly_days: '3', end_times: 3 },
  occurrences: [{ occurrence_id: '1', start_time: '2026-01-27T13:30:00Z', duration: 30 }],
};

describe('the meeting form', () => {
  it('becomes what the API takes', () => {
    expect(validate(form, now)).toEqual({});
    expect(toInput(form)).toEqual({
      topic: 'Review',
      type: 2,
      start_time: '2026-01-15T13:30:00Z',
      duration: 45,
      timezone: 'Europe/Berlin',
      agenda: '',
      settings: { auto_recording: 'cloud', waiting_room: true },
    });
  });

  it.each([
    ['now', 1],
    ['anytime', 3],
  ] as const)('asks for no time and sends none where it starts %s', (kind, type) => {
    const timeless = { ...form, kind, date: '', time: undefined, duration: undefined };
    expect(validate(timeless, now)).toEqual({});
    expect(toInput(timeless)).toEqual({
      topic: 'Review',
      type,
      agenda: '',
      settings: { auto_recording: 'cloud', waiting_room: true },
    });
  });

  it('tells a series by the wall clock, which it keeps to when the clocks are changed', () => {
    expect(toInput({ ...form, kind: 'series' })).toMatchObject({
      type: 8,
      start_time: '2026-01-15T14:30:00',
      timezone: 'Europe/Berlin',
      recurrence: { type: 2, repeat_interval: 1, weekly_days: '5', end_times: 10 },
    });
  });

  it.each<[Partial<MeetingForm>, object]>([
    [{ topic: '  ' }, { topic: words.topicMissing }],
    [{ topic: 'x'.repeat(201) }, { topic: words.topicTooLong }],
    [{ agenda: 'x'.repeat(2001) }, { agenda: words.agendaTooLong }],
    [{ date: '' }, { date: words.dateMissing }],
    [{ time: undefined }, { time: words.timeUnknown }],
    [{ time: '12:59' }, { time: words.startPast }],
    [{ date: '2026-01-13' }, { date: words.startPast }],
    [{ date: '2026-03-29', time: '02:30' }, { time: words.startSkipped }],
    [{ date: '2026-10-25', time: '02:30' }, { pass: words.passMissing }],
    [{ duration: undefined }, { duration: words.durationUnknown }],
    [{ duration: 1441 }, { duration: words.durationUnknown }],
    [{ kind: 'series', recurrence: { ...weekly, times: 51 } }, { times: words.countBetween(50) }],
  ])('refuses %j', (change, errors) => {
    expect(validate({ ...form, ...change }, now)).toEqual(errors);
  });

  it('asks which of two times is meant where the clocks are put back', () => {
    const twice = { ...form, date: '2026-10-25', time: '02:30' };
    expect(startsOf(twice)).toHaveLength(2);
    expect(startOf(twice)).toBeUndefined();
    for (const [pass, start] of [
      [0, '2026-10-25T00:30:00Z'],
      [1, '2026-10-25T01:30:00Z'],
    ] as const) {
      expect(validate({ ...twice, pass }, now)).toEqual({});
      expect(toInput({ ...twice, pass }).start_time).toBe(start);
      expect(toForm({ id: 1, start_time: start, timezone: 'Europe/Berlin' }, now).pass).toBe(pass);
    }
  });
});

describe('an edit', () => {
  it('sends what differs and nothing else', () => {
    const begun = toForm({ id: 81234567890, ...toInput(form) }, now);
    expect(begun).toEqual({ ...form, topic: 'Review' });
    expect(toChange(begun, begun)).toBeUndefined();
    expect(toChange({ ...begun, topic: 'Other ', waitingRoom: false }, begun)).toEqual({
      topic: 'Other',
      settings: { waiting_room: false },
    });
    expect(toChange({ ...begun, timeZone: 'Europe/London' }, begun)).toEqual({
      start_time: '2026-01-15T14:30:00Z',
      timezone: 'Europe/London',
    });
    expect(toChange({ ...begun, duration: 60 }, begun)).toEqual({ duration: 60 });
  });

  it('gives a series its start together with the whole recurrence, and neither where both stay', () => {
    const begun = toForm(series, now);
    expect(toChange({ ...begun, agenda: '' }, begun)).toEqual({ agenda: '' });
    const recurrence = { type: 2, repeat_interval: 1, weekly_days: '3', end_times: 3 };
    expect(toChange({ ...begun, time: '15:00' }, begun)).toEqual({
      start_time: '2026-01-20T15:00:00',
      timezone: 'Europe/Berlin',
      recurrence,
    });
    expect(toChange({ ...begun, recurrence: { ...begun.recurrence, times: 5 } }, begun)).toEqual({
      start_time: '2026-01-20T14:30:00',
      timezone: 'Europe/Berlin',
      recurrence: { ...recurrence, end_times: 5 },
    });
  });

  it('of one time of a series names neither zone nor recurrence', () => {
    const begun = toOccurrenceForm(series, series.occurrences![0]!, now);
    expect(begun).toMatchObject({ kind: 'once', date: '2026-01-27', time: '14:30', duration: 30 });
    expect(toOccurrenceChange(begun, begun)).toBeUndefined();
    expect(toOccurrenceChange({ ...begun, time: '16:00', recording: 'cloud' }, begun)).toEqual({
      start_time: '2026-01-27T15:00:00Z',
      settings: { auto_recording: 'cloud' },
    });
  });

  it('lets an old meeting keep its start', () => {
    expect(validate({ ...form, date: '2020-01-15' })).toEqual({});
  });

  it('that makes another like it begins at the next half hour', () => {
    expect(toDuplicate(series, now)).toMatchObject({ kind: 'series', date: '2026-01-15', time: '13:30' });
    expect(toDuplicate({ id: 1, type: 1 }, now).kind).toBe('once');
  });
});
