import { formatMeetingNumber } from './meetingNumber';
import { words } from './words';

/** Zoom lets a meeting go without a topic; its number then names it. */
export function topicOf(meeting: { readonly id: number; readonly topic?: string }): string {
  return meeting.topic ?? words.meeting(formatMeetingNumber(meeting.id));
}
