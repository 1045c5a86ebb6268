/** What people type for times and lengths, as they write them. */

/** 8, 8:30, 8.30, 0830, 8:30 pm, 2p as 20:30; undefined for what is no time of day. */
export function readTime(text: string): string | undefined {
  const [, hour = '', minute = '0', half] =
    /^(\d{1,2})(?:\s*[:.h]?\s*(\d{2}))?\s*(?:([ap])\.?\s*m?\.?)?$/i.exec(text.trim()) ?? [];
  if (hour === '' || Number(minute) > 59) return undefined;
  const hours = half === undefined ? Number(hour) : hourOfHalf(Number(hour), half.toLowerCase());
  return hours === undefined || hours > 23
    ? undefined
    : `${String(hours).padStart(2, '0')}:${minute.padStart(2, '0')}`;
}

function hourOfHalf(hour: number, half: string): number | undefined {
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (half === 'p' ? 12 : 0);
}

/** 2026-12-01, 1.12.2026 in the language's own order, 1 Dec 2026; as 2026-12-01, undefined for what is no day. */
export function readDate(text: string, language: string): string | undefined {
  const numbers = /^(\d{1,4})\s*[-./ ]\s*(\d{1,2})\s*[-./ ]\s*(\d{1,4})\.?$/.exec(text.trim())?.slice(1);
  if (!numbers) {
    const time = /\d{4}/.test(text) ? new Date(`${text} 12:00`) : new Date(Number.NaN);
    return Number.isNaN(time.getTime())
      ? undefined
      : dateOf(time.getFullYear(), time.getMonth() + 1, time.getDate());
  }
  const order =
    numbers[0]?.length === 4
      ? ['year', 'month', 'day']
      : new Intl.DateTimeFormat(language)
          .formatToParts()
          .map(({ type }) => type)
          .filter((type) => ['year', 'month', 'day'].includes(type));
  const part = (name: string) => Number(numbers[order.indexOf(name)]);
  return dateOf(part('year') < 100 ? 2000 + part('year') : part('year'), part('month'), part('day'));
}

function dateOf(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1;
  return isReal ? date.toISOString().slice(0, 10) : undefined;
}

/** 90, 90 min, 1:30, 1 h, 1 hr 30 min, 1.5 hours: minutes; undefined for what is no length. */
export function readDuration(text: string): number | undefined {
  const written = text.trim().toLowerCase().replaceAll(',', '.');
  const [, clockHours, clockMinutes] = /^(\d{1,2}):(\d{2})$/.exec(written) ?? [];
  if (clockHours !== undefined) return Number(clockHours) * 60 + Number(clockMinutes);
  const [, hours, minutes] =
    /^(?:(\d+(?:\.\d+)?)\s*h(?:rs?|ours?)?\.?)?\s*(?:(\d+)\s*(?:m(?:ins?|inutes?)?\.?)?)?$/.exec(written) ??
    [];
  if (hours === undefined && minutes === undefined) return undefined;
  return Math.round(Number(hours ?? 0) * 60) + Number(minutes ?? 0);
}
