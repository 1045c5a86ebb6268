import type { Meeting } from '../api/types';

export type Section = 'now' | 'upcoming' | 'past';

/** A meeting that has ended, or whose planned end has passed, is past; one without a time is instant and counts as upcoming. */
export function sectionOf(meeting: Meeting, now: Date): Section {
  if (meeting.status === 'started') return 'now';
  if (meeting.status === 'ended') return 'past';
  if (!meeting.start_time) return 'upcoming';
  const end = Date.parse(meeting.start_time) + (meeting.duration ?? 60) * 60_000;
  return end < now.getTime() ? 'past' : 'upcoming';
}

/** What comes next is first; of the past, the latest is first. */
export function arrange(meetings: readonly Meeting[], now: Date): Record<Section, Meeting[]> {
  const time = (meeting: Meeting) => Date.parse(meeting.start_time ?? meeting.created_at ?? '') || 0;
  const sections: Record<Section, Meeting[]> = { now: [], upcoming: [], past: [] };
  for (const meeting of meetings) sections[sectionOf(meeting, now)].push(meeting);
  sections.now.sort((a, b) => time(a) - time(b));
  sections.upcoming.sort((a, b) => time(a) - time(b));
  sections.past.sort((a, b) => time(b) - time(a));
  return sections;
}
