import type { AuditRecord } from '../api/types';
import { formatUtc } from '../format/time';

/** What a record says without the time, for where that stands beside it. */
export function sentenceOf({ sentence, occurredAt }: AuditRecord): string {
  const utc = formatUtc(occurredAt);
  return sentence.replace(` at ${utc}`, '').replace(new RegExp(` at [^()]{1,32} \\(${utc}\\)`), '');
}
