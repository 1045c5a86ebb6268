import type { AuditRecord } from '../api/types';
import { fieldsOf } from './fields';

/** What records must have, must not have, or when a summary counts them: looked at in the browser, since the API has no such filter. */
export interface Condition {
  readonly kind: 'only' | 'not' | 'counted';
  /** As in `Field`; of `counted` the beginning, and the value is the end. */
  readonly key: string;
  readonly value: string;
}

const kinds = ['only', 'not', 'counted'] as const;
const isSpan = (from: string, to: string) => Date.parse(from) < Date.parse(to);

/** That a summary counts a record from one instant to another. */
export const counted = (from: string, to: string): Condition => ({
  kind: 'counted',
  key: from,
  value: to,
});

export const isCounted = ({ kind }: Condition): boolean => kind === 'counted';

/** A summary goes by when something happened, if it was recorded within 48 hours from then. */
export const belated = 48 * 60 * 60_000;
function countedAt({ occurredAt, recordedAt }: AuditRecord): number {
  const [occurred, recorded] = [Date.parse(occurredAt), Date.parse(recordedAt)];
  return occurred <= recorded && recorded - occurred <= belated ? occurred : recorded;
}

export function readConditions(search: URLSearchParams): Condition[] {
  return kinds.flatMap((kind) =>
    search.getAll(kind).flatMap((text) => {
      const colon = text.indexOf(kind === 'counted' ? '/' : ':');
      if (kind === 'counted' && !isSpan(text.slice(0, colon), text.slice(colon + 1))) return [];
      return colon > 0 ? [{ kind, key: text.slice(0, colon), value: text.slice(colon + 1) }] : [];
    }),
  );
}

/** Adds them to what an address has. */
export function writeConditions(search: URLSearchParams, conditions: readonly Condition[]): URLSearchParams {
  for (const { kind, key, value } of conditions)
    search.append(kind, `${key}${kind === 'counted' ? '/' : ':'}${value}`);
  return search;
}

/** Whether a record has every value that it must have, and none that it must not. */
export function meets(record: AuditRecord, conditions: readonly Condition[]): boolean {
  if (conditions.length === 0) return true;
  const fields = fieldsOf(record);
  return conditions.every(({ kind, key, value }) =>
    kind === 'counted'
      ? countedAt(record) >= Date.parse(key) && countedAt(record) < Date.parse(value)
      : fields.some((field) => field.key === key && field.value === value) === (kind === 'only'),
  );
}
