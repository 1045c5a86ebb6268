import type { AuditRecord } from '../api/types';
import type { FilterName } from './filters';

const most = 50;

/** What occurs in records, to be looked for. */
export function suggestionsOf(
  records: readonly AuditRecord[],
): Partial<Record<FilterName, readonly string[]>> {
  const distinct = (value: (record: AuditRecord) => string | undefined) =>
    [...new Set(records.map(value).filter((one) => one !== undefined))].slice(0, most).sort();
  return {
    person: distinct(({ actor }) => actor.email ?? actor.subject),
    ip: distinct(({ client }) => client?.ip),
    action: distinct(({ action }) => action),
    meeting: distinct(({ meeting }) => meeting),
  };
}
