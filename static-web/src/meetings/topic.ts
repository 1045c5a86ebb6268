import type { Meeting } from '../api/types';
import { formatMeetingNumber } from '../join/meetingNumber';
import { text } from '../text';

/** Zoom lets a meeting go without a topic; its number then names it. */
export function topicOf(meeting: Meeting): string {
  return meeting.topic ?? text.room.number(formatMeetingNumber(meeting.id));
}
