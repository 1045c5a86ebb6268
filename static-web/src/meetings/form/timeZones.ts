import { rawTimeZones, type RawTimeZone } from '@vvo/tzdb';
import { offsetOf } from '../../format/wallTime';

/** A zone to choose, as its clocks are set at one time. */
export interface ZoneChoice {
  /** Its IANA id. */
  readonly id: string;
  /** Los Angeles (PST, UTC-08:00) */
  readonly name: string;
  /** Los Angeles, San Diego, San Jose, San Francisco */
  readonly places: string;
  /** Pacific Time (PST, UTC-08:00) */
  readonly clock: string;
}

type Zone = Pick<RawTimeZone, 'name' | 'group' | 'alternativeName' | 'mainCities' | 'rawOffsetInMinutes'> &
  Partial<Pick<RawTimeZone, 'countryName' | 'abbreviation' | 'dstAbbreviation'>>;

const utc: Zone = {
  name: 'UTC',
  group: ['UTC', 'Etc/UTC', 'GMT', 'Etc/GMT'],
  alternativeName: 'Coordinated Universal Time',
  mainCities: ['UTC'],
  rawOffsetInMinutes: 0,
};
const zones: readonly Zone[] = [utc, ...rawTimeZones];

/** Names that people still type, and the database of zones has no more. */
const formerNames: Readonly<Record<string, readonly string[]>> = {
  'Asia/Kolkata': ['Bombay', 'Madras', 'Bangalore', 'New Delhi'],
  'Asia/Shanghai': ['Peking', 'Canton'],
  'Europe/Istanbul': ['Constantinople'],
};

/** +05:30, UTC-8, GMT+1 */
const offsetForm = /^(?:utc|gmt)?\s*([+\-−])\s*(\d{1,2})(?::?(\d{2}))?$/i;

/** The most that clocks are put forward. */
const mostMinutes = 120;

/** The zones that a text means, by city, country, name, abbreviation or offset, the likeliest first; all of them where it is empty. */
export function findZones(text: string, at: Date, most = zones.length): readonly ZoneChoice[] {
  const offset = readOffset(text.trim());
  const found = offset ? zones.filter((zone) => isAt(zone, offset, at)) : rank(wordsOf(text));
  return found.slice(0, most).map((zone) => toChoice(zone, at));
}

/** The choice that stands for an IANA id, under whichever of its names. */
export function findZone(id: string, at: Date): ZoneChoice {
  const zone = zones.find(({ group }) => group.includes(id));
  return zone
    ? { ...toChoice(zone, at), id }
    : { id, places: id, clock: '', name: `${id} (UTC${offsetOf(at, id)})` };
}

interface Offset {
  readonly text: string;
  readonly minutes: number;
}

function readOffset(text: string): Offset | undefined {
  const [, sign, hours, minutes = '00'] = offsetForm.exec(text) ?? [];
  if (!sign || !hours) return undefined;
  const size = Number(hours) * 60 + Number(minutes);
  return sign === '+'
    ? { text: `+${hours.padStart(2, '0')}:${minutes}`, minutes: size }
    : { text: `-${hours.padStart(2, '0')}:${minutes}`, minutes: -size };
}

function isAt({ name, rawOffsetInMinutes }: Zone, { text, minutes }: Offset, at: Date): boolean {
  // To ask the browser for each would take a while.
  return Math.abs(rawOffsetInMinutes - minutes) <= mostMinutes && offsetOf(at, name) === text;
}

/** Those of which each word is one of their own, then those of which it begins one. */
function rank(wanted: readonly string[]): readonly Zone[] {
  const named: Zone[] = [];
  const begun: Zone[] = [];
  for (const zone of zones) {
    const known = namesOf(zone).flatMap(wordsOf);
    if (wanted.every((word) => known.includes(word))) named.push(zone);
    else if (wanted.every((word) => known.some((one) => one.startsWith(word)))) begun.push(zone);
  }
  return [...named, ...begun];
}

function namesOf(zone: Zone): string[] {
  const { name, group, mainCities, alternativeName, countryName, abbreviation, dstAbbreviation } = zone;
  const single = [alternativeName, countryName, abbreviation, dstAbbreviation].filter(
    (one) => one !== undefined,
  );
  return [...single, ...mainCities, ...group, ...(formerNames[name] ?? [])];
}

/** Without accents and in small letters. */
function wordsOf(text: string): string[] {
  const plain = text.normalize('NFD').replace(/\p{Mark}/gu, '');
  return plain
    .toLowerCase()
    .split(/[^\p{Letter}\p{Number}]+/u)
    .filter(Boolean);
}

function toChoice(zone: Zone, at: Date): ZoneChoice {
  const { name, alternativeName, mainCities, rawOffsetInMinutes, abbreviation, dstAbbreviation } = zone;
  const offset = offsetOf(at, name);
  const isUsual = readOffset(offset)?.minutes === rawOffsetInMinutes;
  const short = isUsual ? abbreviation : dstAbbreviation;
  // Some are only the offset once more.
  const isShort = short !== undefined && /^[A-Z]+$/.test(short);
  const told = `(${isShort ? `${short}, ` : ''}UTC${offset})`;
  const eponym = name.split('/').at(-1)?.replaceAll('_', ' ') ?? name;
  return {
    id: name,
    name: `${mainCities.includes(eponym) ? eponym : mainCities[0]} ${told}`,
    places: mainCities.join(', '),
    clock: `${alternativeName} ${told}`,
  };
}
