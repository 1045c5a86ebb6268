import { isRecord } from '../format/isRecord';

/** The members of a deed that say where it belongs. */
export interface DeedPlace {
  /** The log's origin. */
  readonly log: string;
  /** From 0. */
  readonly index: number;
  readonly id: string;
  readonly organization: unknown;
  readonly recordedAt: Instant;
}

/** A time, finer than a Date can be. */
export interface Instant {
  readonly text: string;
  /** Since 1970. */
  readonly seconds: number;
  /** Tenths of a microsecond since the second began. */
  readonly ticks: number;
}

const version = 1;
const dateTime = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,7}))?(Z|[+-]\d\d:\d\d)$/;

/** `deed`: parsed JSON. Undefined when it does not say. */
export function readPlace(deed: unknown): DeedPlace | undefined {
  if (!isRecord(deed)) return undefined;
  const { v, log, index, id, organization, recordedAt: time } = deed;
  const recordedAt = readInstant(time);
  return v === version &&
    typeof log === 'string' &&
    typeof index === 'number' &&
    typeof id === 'string' &&
    recordedAt
    ? { log, index, id, organization, recordedAt }
    : undefined;
}

export function isBefore(one: Instant, other: Instant): boolean {
  return one.seconds < other.seconds || (one.seconds === other.seconds && one.ticks < other.ticks);
}

export function readInstant(value: unknown): Instant | undefined {
  if (typeof value !== 'string') return undefined;
  const [text, second = '', fraction = '', zone = ''] = dateTime.exec(value) ?? [];
  const seconds = Date.parse(second + zone) / 1000;
  return text === undefined || Number.isNaN(seconds)
    ? undefined
    : { text, seconds, ticks: Number(fraction.padEnd(7, '0')) };
}
