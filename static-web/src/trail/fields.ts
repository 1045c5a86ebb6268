import type { AuditRecord } from '../api/types';
import { formatMeetingNumber } from '../format/meetingNumber';
import type { FilterName } from './filters';
import { sourceName } from './sources';
import { words } from './words';

/** One value of a record. */
export interface Field {
  /** Its place in the record, such as `client.ip`; the same in every record. */
  readonly key: string;
  /** The same for a person. */
  readonly name: string;
  readonly value: string;
  /** For a person, where the value is a code. */
  readonly shown: string;
  /** The API's filter by it, if it has one. */
  readonly filter?: FilterName;
}

const names: Readonly<Record<string, string>> = words.fields;

const filters: Readonly<Record<string, FilterName>> = {
  action: 'action',
  outcome: 'outcome',
  source: 'source',
  meeting: 'meeting',
  'client.ip': 'ip',
  'actor.email': 'person',
  'actor.subject': 'person',
};

/** In the order in which people look for them; details come in front of what only machines need. */
const first = ['occurredAt', 'recordedAt', 'action', 'outcome', 'reason', 'organization'];
const last = ['operation', 'accountId', 'client.requestId', 'erasedBy', 'sequence', 'id'];

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : JSON.stringify(value);
}

function shown(key: string, value: string, record: AuditRecord): string {
  switch (key) {
    case 'outcome':
      return words.outcomes[record.outcome];
    case 'source':
      return sourceName(record.source);
    case 'meeting':
      return formatMeetingNumber(value);
    default:
      return value;
  }
}

/** All of a record but its sentence, one value after the other; times as they are stored, in UTC. */
export function fieldsOf(record: AuditRecord): Field[] {
  const { actor, client, target, details, ...rest } = record;
  const { erased, ...who } = actor;
  const flat = new Map<string, unknown>();
  const add = (prefix: string, members: object | undefined) => {
    for (const [name, value] of Object.entries(members ?? {}))
      if (value !== undefined && value !== null && value !== '') flat.set(prefix + name, value);
  };
  for (const key of first) add('', { [key]: rest[key as keyof typeof rest] });
  add('actor.', { ...who, ...(erased ? { name: words.erased } : {}) });
  add('target.', target);
  add('', rest);
  add('client.', client);
  add('details.', details);
  const order = (key: string) => (last.includes(key) ? 1 + last.indexOf(key) : 0);
  flat.delete('sentence');
  return [...flat.entries()]
    .sort(([one], [other]) => order(one) - order(other))
    .map(([key, value]) => {
      const written = text(value);
      const filter = filters[key];
      return {
        key,
        name: names[key] ?? key.replace(/^details\./, ''),
        value: written,
        shown: shown(key, written, record),
        ...(filter ? { filter } : {}),
      };
    });
}
