import type { AuditRecord } from '../api/types';

/** What is one line of the page: a record, and those that tell of the same deed. */
export interface Deed {
  readonly record: AuditRecord;
  readonly others: readonly AuditRecord[];
}

/** The result says most, then what Zoom tells, and an intent least. */
function weight({ outcome, source }: AuditRecord): number {
  if (outcome === 'intent') return 0;
  return source === 'zoom' ? 1 : 2;
}

/** Records of one operation as one deed, where the newest of them stands; all in the order in which they came. */
export function foldOperations(records: readonly AuditRecord[]): Deed[] {
  const groups = new Map<string, AuditRecord[]>();
  for (const record of records) {
    const key = record.operation ?? `record ${record.sequence}`;
    const group = groups.get(key);
    if (group) group.push(record);
    else groups.set(key, [record]);
  }
  return [...groups.values()].map((group) => {
    const record = group.reduce((most, one) => (weight(one) > weight(most) ? one : most));
    return { record, others: group.filter((one) => one !== record) };
  });
}
