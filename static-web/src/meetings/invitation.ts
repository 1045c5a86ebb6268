import type { Meeting } from '../api/types';
import { formatMeetingNumber } from '../join/meetingNumber';
import { text } from '../text';
import { formatDateTime } from './time';
import { topicOf } from './topic';

const words = text.meetings.invitation;

/** Text to send to people. `guest` names whom a link with a grant is for. Never a passcode: the site fetches it. */
export function invitationText(meeting: Meeting, link: string, guest?: string): string {
  const when =
    meeting.start_time && words.when(formatDateTime(meeting.start_time, meeting.timezone ?? undefined));
  return [
    words.heading(topicOf(meeting)),
    when,
    words.link(link),
    words.number(formatMeetingNumber(meeting.id)),
    '',
    guest ? words.guests(guest) : words.colleagues,
  ]
    .filter((line) => typeof line === 'string')
    .join('\n');
}

/** For colleagues: their sign-in is their invitation. */
export function colleagueLink(meeting: Meeting, origin: string): string {
  return `${origin}/join?meeting=${meeting.id}`;
}

/** The API's link plus the number, so that guests need not type it; the grant stays in the fragment. */
export function guestLink(meeting: Meeting, joinUrl: string): string {
  const url = new URL(joinUrl);
  url.searchParams.set('meeting', String(meeting.id));
  return url.href;
}
