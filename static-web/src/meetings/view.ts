import type { Meeting } from '../api/types';
import { ownTimeZone } from '../format/time';
import { startOfDay } from '../format/wallTime';
import { timeOf } from './schedule';

/** What of the organisation's meetings is shown; the address bar holds it. */
export interface View {
  readonly when?: 'past';
  readonly host?: 'me';
  readonly query?: string;
  /** Days of the reader's clock, as 2026-03-29; both are in it. */
  readonly from?: string;
  readonly to?: string;
}

/** What an address asks for; what it cannot mean is left out. */
export function readView(address: URLSearchParams): View {
  const text = (name: string) => address.get(name) ?? '';
  const [from, to, query] = [text('from'), text('to'), text('query').trim().slice(0, 200)];
  return {
    ...(text('when') === 'past' ? { when: 'past' } : {}),
    ...(text('host') === 'me' ? { host: 'me' } : {}),
    ...(query ? { query } : {}),
    ...(startOfDay(from, ownTimeZone) ? { from } : {}),
    ...(startOfDay(to, ownTimeZone) ? { to } : {}),
  };
}

export function toAddress(view: View): URLSearchParams {
  return new URLSearchParams(Object.entries(view) as [string, string][]);
}

export function without(view: View, name: keyof View): View {
  return Object.fromEntries(Object.entries(view).filter(([known]) => known !== name));
}

export function isNarrowed({ host, query, from, to }: View): boolean {
  return [host, query, from, to].some(Boolean);
}

/** The API's parameters: days become instants of the reader's clock. */
export function toQuery(view: View, timeZone = ownTimeZone): Record<string, string> {
  const { from, to, ...rest } = view;
  const [first, end] = [from && startOfDay(from, timeZone), to && startOfDay(to, timeZone, 1)];
  return {
    ...rest,
    ...(first ? { from: first.toISOString() } : {}),
    ...(end ? { to: end.toISOString() } : {}),
  };
}

/** Whether a meeting belongs in a view, as far as the browser can tell. */
export function belongs(meeting: Meeting, view: View): boolean {
  if ((view.when === 'past') !== (meeting.status === 'ended')) return false;
  if (view.host && !meeting.permissions?.host) return false;
  if (view.query && !meeting.topic?.toLowerCase().includes(view.query.toLowerCase())) return false;
  const time = timeOf(meeting);
  const { from, to } = toQuery(view);
  return (
    (!from || (time !== undefined && time >= Date.parse(from))) &&
    (!to || (time !== undefined && time < Date.parse(to)))
  );
}
