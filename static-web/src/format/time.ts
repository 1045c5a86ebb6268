/** The site's language is English, so dates follow the reader's own English, or plain English, and hours the reader's first language. */
export function ownEnglish(): string {
  const english = navigator.languages.find((language) => language.startsWith('en')) ?? 'en';
  const { hourCycle } = new Intl.DateTimeFormat(navigator.languages[0], {
    hour: 'numeric',
  }).resolvedOptions();
  return new Intl.Locale(english, hourCycle && { hourCycle }).toString();
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

/** The day that a week begins with where the reader lives: 0 (Sunday) to 6. */
export function firstDayOfWeek(): number {
  // Browsers give one of the two, and some neither.
  const locale = new Intl.Locale(navigator.languages[0] ?? 'en') as Intl.Locale & {
    readonly weekInfo?: { readonly firstDay: number };
    readonly getWeekInfo?: () => { readonly firstDay: number };
  };
  return ((locale.getWeekInfo?.() ?? locale.weekInfo)?.firstDay ?? 7) % 7;
}

export function formatDay(
  instant: string | Date,
  language = ownEnglish(),
  timeZone?: string,
  withYear = false,
): string {
  return new Intl.DateTimeFormat(language, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(withYear ? { year: 'numeric' } : {}),
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
