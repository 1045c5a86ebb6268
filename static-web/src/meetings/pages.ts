import type { Meeting, MeetingPage } from '../api/types';
import { timeOf } from './schedule';
import { belongs, type View } from './view';

/**
 * A list of which only the first page was asked again: what was loaded behind it stays, so that looking again costs one call however far
 * somebody has read.
 */
export function renew(before: MeetingPage | undefined, head: MeetingPage): MeetingPage {
  if (!before || !head.cursor) return head;
  const known = new Map(before.meetings.map(({ id }, place) => [id, place]));
  const last = head.meetings.findLast(({ id }) => known.has(id));
  // A search may look at a whole page of meetings and find none.
  if (!last) return head.meetings.length === 0 ? before : head;
  const shown = new Set(head.meetings.map(({ id }) => id));
  const rest = before.meetings.slice(known.get(last.id)! + 1).filter(({ id }) => !shown.has(id));
  return rest.length === 0 ? head : { ...before, meetings: [...head.meetings, ...rest] };
}

/** A list with its next page. */
export function append(before: MeetingPage, next: MeetingPage): MeetingPage {
  const known = new Set(before.meetings.map(({ id }) => id));
  return { ...next, meetings: [...before.meetings, ...next.meetings.filter(({ id }) => !known.has(id))] };
}

/** A list once a meeting is made or changed, in the API's order; what would stand behind the pages that are loaded comes with theirs. */
export function place(list: MeetingPage, meeting: Meeting, view: View): MeetingPage {
  const { meetings } = remove(list, meeting.id);
  if (!belongs(meeting, view)) return { ...list, meetings };
  const behind = meetings.findIndex((other) => comesBefore(meeting, other, view.when === 'past'));
  if (behind < 0) return list.cursor ? { ...list, meetings } : { ...list, meetings: [...meetings, meeting] };
  return { ...list, meetings: meetings.toSpliced(behind, 0, meeting) };
}

export function remove(list: MeetingPage, id: number): MeetingPage {
  return { ...list, meetings: list.meetings.filter((meeting) => meeting.id !== id) };
}

/** One that has just ended stays where it is, and says so, until the list is asked again. */
export function end(list: MeetingPage, id: number): MeetingPage {
  return {
    ...list,
    meetings: list.meetings.map((meeting) => (meeting.id === id ? { ...meeting, status: 'ended' } : meeting)),
  };
}

function comesBefore(meeting: Meeting, other: Meeting, latestFirst: boolean): boolean {
  if (latestFirst) return (timeOf(meeting) ?? 0) > (timeOf(other) ?? 0);
  const runs = ({ status }: Meeting) => status === 'started';
  if (runs(meeting) !== runs(other)) return runs(meeting);
  return (timeOf(meeting) ?? Infinity) < (timeOf(other) ?? Infinity);
}
