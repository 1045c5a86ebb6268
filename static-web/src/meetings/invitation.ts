import type { Meeting } from '../api/types';
import { formatMeetingNumber } from '../format/meetingNumber';
import { formatDateTime } from '../format/time';
import { topicOf } from '../format/topic';
import { invitationWords } from './words';

/** Text to send to people. `guest` names whom a link with an invitation is for. Never a passcode: the site fetches it. */
export function invitationText(meeting: Meeting, link: string, guest?: string): string {
  const when =
    meeting.start_time &&
    invitationWords.when(formatDateTime(meeting.start_time, meeting.timezone ?? undefined));
  return [
    invitationWords.heading(topicOf(meeting)),
    when,
    invitationWords.link(link),
    invitationWords.number(formatMeetingNumber(meeting.id)),
    '',
    guest ? invitationWords.guests(guest) : invitationWords.colleagues,
  ]
    .filter((line) => typeof line === 'string')
    .join('\n');
}

/** For colleagues: their sign-in is their invitation. */
export function colleagueLink(meeting: Meeting, origin: string): string {
  return `${origin}/join?meeting=${meeting.id}`;
}

/** The API's link plus the number, so that guests need not type it; the invitation stays in the fragment. */
export function guestLink(meeting: Meeting, joinUrl: string): string {
  const url = new URL(joinUrl);
  url.searchParams.set('meeting', String(meeting.id));
  return url.href;
}
