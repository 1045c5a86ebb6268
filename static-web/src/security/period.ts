import type { View } from '../trail/filters';
import { ranges } from '../trail/ranges';

const hour = 60 * 60_000;
const day = 24 * hour;
/** Longer periods are counted by the day. */
const longestByHour = 2 * day;

export interface Span {
  readonly from: string;
  readonly to: string;
}

/** What of a trail is counted, in whole hours or days of UTC. */
export interface Period {
  readonly by: 'hour' | 'day';
  readonly from: string;
  readonly to: string;
  /** Of its whole hours or days, without one that is not over, and of as many just in front; missing where there is no whole one. */
  readonly compared?: { readonly now: Span; readonly before: Span; readonly isWhole: boolean };
}

export const unitOf = (by: Period['by']): number => (by === 'hour' ? hour : day);

export function periodOf(view: View, now: Date): Period {
  const range = view.range ?? (view.from || view.to ? undefined : 'day');
  const end = range || !view.to ? now.getTime() : Date.parse(view.to);
  const start = range ? end - ranges[range] : view.from ? Date.parse(view.from) : end - ranges.day;
  if (Number.isNaN(start) || Number.isNaN(end) || start >= end)
    return { by: 'hour', from: view.from ?? '', to: view.to ?? '' };
  const by = end - start <= longestByHour ? 'hour' : 'day';
  const unit = unitOf(by);
  const [from, to] = [Math.floor(start / unit) * unit, Math.ceil(end / unit) * unit];
  const instant = (time: number) => new Date(time).toISOString();
  const over = Math.min(to, Math.floor(now.getTime() / unit) * unit);
  return {
    by,
    from: instant(from),
    to: instant(to),
    ...(over > from
      ? {
          compared: {
            now: { from: instant(from), to: instant(over) },
            before: { from: instant(from - (over - from)), to: instant(from) },
            isWhole: over === to,
          },
        }
      : {}),
  };
}
