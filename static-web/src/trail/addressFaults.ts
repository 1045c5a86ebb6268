import { isTimeZone } from '../format/time';
import { isRange } from './ranges';
import { filterWords as words } from './words';

const isTime = (value: string) => !Number.isNaN(Date.parse(value));

/** What an address says of time that cannot be meant, in sentences; nothing else would be shown for it silently. */
export function addressFaults(search: URLSearchParams): string[] {
  const value = (name: string) => search.get(name)?.trim() ?? '';
  const [range, from, to, zone] = ['range', 'from', 'to', 'zone'].map(value) as [
    string,
    string,
    string,
    string,
  ];
  const wrong: string[] = [];
  if (range && !isRange(range)) wrong.push(words.wrongRange(range));
  for (const time of [from, to]) if (time && !isTime(time)) wrong.push(words.wrongTime(time));
  if (isTime(from) && isTime(to) && Date.parse(from) >= Date.parse(to)) wrong.push(words.wrongOrder);
  if (range && (from || to)) wrong.push(words.wrongBoth);
  if (zone && !isTimeZone(zone)) wrong.push(words.wrongZone(zone));
  return wrong;
}
