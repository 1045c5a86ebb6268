/** The site's language is English, so dates follow the reader's own English, or plain English. */
function ownEnglish(): string {
  return navigator.languages.find((language) => language.startsWith('en')) ?? 'en';
}

export const ownTimeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

export function formatDateTime(instant: string | Date, timeZone?: string, language = ownEnglish()): string {
  return new Intl.DateTimeFormat(language, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
    ...(timeZone ? { timeZone } : {}),
  }).format(new Date(instant));
}

/** An instant to the second, by a zone's clock: what happened is compared by it. */
export function formatMoment(
  instant: string | Date,
  timeZone = ownTimeZone,
  language = ownEnglish(),
): string {
  return new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
    timeZone,
  }).format(new Date(instant));
}

/** An instant to the second by UTC, as machines write it but for the blanks. */
export function formatUtc(instant: string | Date): string {
  const time = new Date(instant);
  return Number.isNaN(time.getTime())
    ? String(instant)
    : `${time.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

export function formatDay(instant: string | Date, language = ownEnglish(), timeZone?: string): string {
  return new Intl.DateTimeFormat(language, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(timeZone ? { timeZone } : {}),
  }).format(new Date(instant));
}

/** A day as a heading: Friday, 8 January 2027. */
export function formatLongDay(
  instant: Date,
  withYear: boolean,
  timeZone: string,
  language = ownEnglish(),
): string {
  return new Intl.DateTimeFormat(language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(withYear ? { year: 'numeric' } : {}),
    timeZone,
  }).format(instant);
}

/** A day with its year, by a zone's clock. */
export function formatDate(instant: string | Date, timeZone?: string, language = ownEnglish()): string {
  return new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    ...(timeZone ? { timeZone } : {}),
  }).format(new Date(instant));
}

export function formatTime(instant: string | Date, language = ownEnglish(), timeZone?: string): string {
  return new Intl.DateTimeFormat(language, {
    hour: 'numeric',
    minute: '2-digit',
    ...(timeZone ? { timeZone } : {}),
  }).format(new Date(instant));
}

/** 45 min, 1 hr, 1 hr 30 min. */
export function formatDuration(minutes: number, language = ownEnglish()): string {
  const unit = (value: number, name: 'hour' | 'minute') =>
    new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'short' }).format(value);
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return [hours > 0 && unit(hours, 'hour'), (rest > 0 || hours === 0) && unit(rest, 'minute')]
    .filter(Boolean)
    .join(' ');
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return name !== '';
  } catch {
    return false;
  }
}

const pad = (value: number | string) => String(value).padStart(2, '0');

/** The clock's reading at an instant in a zone, as a datetime-local field holds it: 2026-03-29T14:30. */
export function toWallTime(instant: Date, timeZone: string): string {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat('en', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    })
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
  const { year = '', month = '', day = '', hour = '', minute = '' } = parts;
  return `${year.padStart(4, '0')}-${pad(month)}-${pad(day)}T${pad(hour)}:${pad(minute)}`;
}

/**
 * The instant at which clocks of the zone read `wallTime`; the earlier one when they read it twice, undefined
 * when they skip it or the text is no time.
 */
export function fromWallTime(wallTime: string, timeZone: string): Date | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(wallTime)) return undefined;
  const asUtc = Date.parse(`${wallTime}:00Z`);
  if (Number.isNaN(asUtc)) return undefined;
  const offsetAt = (time: number) => Date.parse(`${toWallTime(new Date(time), timeZone)}:00Z`) - time;
  // A day to either side sees the offsets on both sides of any change of the clocks.
  const day = 24 * 60 * 60_000;
  const candidates = [offsetAt(asUtc - day), offsetAt(asUtc + day)]
    .map((offset) => asUtc - offset)
    .sort((a, b) => a - b);
  const found = candidates.find((time) => toWallTime(new Date(time), timeZone) === wallTime);
  return found === undefined ? undefined : new Date(found);
}

/** The next full half hour after now, as a start to propose. */
export function nextHalfHour(now: Date): Date {
  const half = 30 * 60_000;
  return new Date((Math.floor(now.getTime() / half) + 1) * half);
}
