import type { Meeting } from '../../api/types';
import { topicOf } from '../../format/topic';
import { colleagueLink } from '../invitation';
import { words } from './words';

interface CalendarLinks {
  readonly google: string;
  readonly outlook: string;
}

/** Where calendars take a new entry, which leads to our own page, never to Zoom's; undefined for what has no single time. */
export function calendarLinks(meeting: Meeting, origin: string): CalendarLinks | undefined {
  if (!meeting.start_time) return undefined;
  const start = new Date(meeting.start_time);
  const end = new Date(start.getTime() + (meeting.duration ?? 60) * 60_000);
  const link = colleagueLink(meeting, origin);
  const compact = (time: Date) => time.toISOString().replace(/[-:]|\.\d+/g, '');
  return {
    google: address('https://calendar.google.com/calendar/render', {
      action: 'TEMPLATE',
      text: topicOf(meeting),
      dates: `${compact(start)}/${compact(end)}`,
      details: words.join(link),
      location: link,
    }),
    outlook: address('https://outlook.office.com/calendar/0/deeplink/compose', {
      path: '/calendar/action/compose',
      rru: 'addevent',
      subject: topicOf(meeting),
      startdt: start.toISOString(),
      enddt: end.toISOString(),
      body: words.join(link),
      location: link,
    }),
  };
}

function address(base: string, parameters: Readonly<Record<string, string>>): string {
  // Outlook shows a plus as it stands.
  return `${base}?${new URLSearchParams(parameters).toString().replaceAll('+', '%20')}`;
}
