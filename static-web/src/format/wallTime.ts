import { getISO } from 'temporal-polyfill/fns/Calendar';
import * as Instant from 'temporal-polyfill/fns/Instant';
import * as PlainDate from 'temporal-polyfill/fns/PlainDate';
import * as PlainDateTime from 'temporal-polyfill/fns/PlainDateTime';
import * as ZonedDateTime from 'temporal-polyfill/fns/ZonedDateTime';

const isWallTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;
const isDate = /^\d{4}-\d{2}-\d{2}$/;

/** What the clocks of a zone read at an instant: 2026-03-29T14:30. */
export function toWallTime(instant: Date, timeZone: string): string {
  const reading = ZonedDateTime.toPlainDateTime(inZone(instant, timeZone));
  return PlainDateTime.toString(reading, { smallestUnit: 'minute' });
}

/** How far the clocks of a zone are from UTC at an instant: +05:30. */
export function offsetOf(instant: Date, timeZone: string): string {
  return ZonedDateTime.offset(inZone(instant, timeZone));
}

/**
 * When clocks of the zone read `wallTime`: two instants where they are put back, none where they skip it, nor for what is no time or no
 * zone.
 */
export function instantsOf(wallTime: string, timeZone: string): readonly Date[] {
  if (!isWallTime.test(wallTime)) return [];
  try {
    const wanted = PlainDateTime.fromString(wallTime, getISO);
    const found = (['earlier', 'later'] as const)
      .map((disambiguation) => PlainDateTime.toZonedDateTime(wanted, timeZone, { disambiguation }))
      .filter((zoned) => PlainDateTime.equals(ZonedDateTime.toPlainDateTime(zoned), wanted))
      .map(toDate);
    return found.filter((instant, place) => place === 0 || instant.getTime() !== found[0]?.getTime());
  } catch {
    return [];
  }
}

/** When a day begins in a zone, or so many days later; undefined for what is no day. */
export function startOfDay(date: string, timeZone: string, later = 0): Date | undefined {
  if (!isDate.test(date)) return undefined;
  try {
    const day = PlainDate.addDays(PlainDate.fromString(date, getISO), later);
    return toDate(PlainDate.toZonedDateTime(day, timeZone));
  } catch {
    return undefined;
  }
}

/** The next full half hour after now, as a start to propose. */
export function nextHalfHour(now: Date): Date {
  const half = 30 * 60_000;
  return new Date((Math.floor(now.getTime() / half) + 1) * half);
}

function inZone(instant: Date, timeZone: string): ZonedDateTime.Record {
  return Instant.toZonedDateTimeISO(Instant.fromEpochMilliseconds(instant.getTime()), timeZone);
}

function toDate(zoned: ZonedDateTime.Record): Date {
  return new Date(zoned.epochMilliseconds);
}
