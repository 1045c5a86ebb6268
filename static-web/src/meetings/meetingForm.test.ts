import { describe, expect, it } from 'vitest';
import type { Meeting } from '../api/types';
import { toChange, validate, toForm, toInput, type MeetingForm } from './meetingForm';
import { formWords } from './words';

const now = new Date('2026-01-15T12:00:00Z');
const form: MeetingForm = {
  topic: ' Review ',
  instant: false,
  start: '2026-01-15T14:30',
  timeZone: 'Europe/Berlin',
  duration: 45,
  agenda: '',
  recording: 'cloud',
  waitingRoom: true,
};
const words = formWords;

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

  it('sends no time for an instant meeting, and does not ask for one', () => {
    const instant = { ...form, instant: true, start: '' };
    expect(validate(instant, now)).toEqual({});
    expect(toInput(instant)).toEqual({
      topic: 'Review',
      type: 1,
      agenda: '',
      settings: { auto_recording: 'cloud', waiting_room: true },
    });
  });

  it.each([
    [{ topic: '  ' }, { topic: words.topicMissing }],
    [{ topic: 'x'.repeat(201) }, { topic: words.topicTooLong }],
    [{ agenda: 'x'.repeat(2001) }, { agenda: words.agendaTooLong }],
    [{ start: '' }, { start: words.startMissing }],
    [{ start: '2026-01-15T12:59' }, { start: words.startPast }],
    [{ start: '2026-03-29T02:30' }, { start: words.startSkipped }],
    [{ timeZone: 'Mars/Olympus' }, { timeZone: words.timeZoneUnknown }],
  ])('refuses %j', (change, errors) => {
    expect(validate({ ...form, ...change }, now)).toEqual(errors);
  });

  it('leaves the times of a series as they are', () => {
    const meeting = {
      id: 81234567890,
      ...toInput(form),
      type: 8,
      recurrence: { type: 2, weekly_days: '2', end_times: 3 },
    } as Meeting;
    const edited = { ...toForm(meeting, now), start: '' };
    expect(validate(edited)).toEqual({});
    expect(toChange(edited)).toEqual({
      topic: 'Review',
      agenda: '',
      settings: { auto_recording: 'cloud', waiting_room: true },
    });
  });

  it('comes back from a meeting as it went in, but for the type', () => {
    const meeting = { id: 81234567890, ...toInput(form) } as Meeting;
    const edited = toForm(meeting, now);
    expect(edited).toEqual({ ...form, topic: 'Review' });
    expect(toChange(edited)).not.toHaveProperty('type');
  });

  it('lets an old meeting keep its start', () => {
    expect(validate({ ...form, start: '2020-01-15T12:00' })).toEqual({});
  });
});
