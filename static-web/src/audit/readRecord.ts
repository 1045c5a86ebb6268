import type { Api } from '../api/client';
import type { AuditRecord } from '../api/types';
import { recordOf } from '../trail/recordOf';

/** Longer than any clock's smallest step. */
const moment = 1_000;
/** The most that a page may have. */
const pageSize = '500';

/**
 * One record with what lists know of it: on whose authority parts of it are erased, which its line in an export cannot say. Rejects with
 * ApiError.
 */
export async function readRecord(
  api: Pick<Api, 'readRecord' | 'listAudit'>,
  sequence: string,
  organization: string | undefined,
  signal: AbortSignal,
): Promise<AuditRecord> {
  const answer = await api.readRecord(sequence, { organization }, signal);
  const record = recordOf(answer);
  if ('sequence' in answer || !answer.parts.includes(null)) return record;
  const from = record.recordedAt;
  const to = new Date(Date.parse(from) + moment).toISOString();
  let cursor: string | undefined;
  do {
    const page = await api.listAudit({ organization, from, to, limit: pageSize, cursor }, signal);
    const listed = page.records.find((one) => one.sequence === record.sequence);
    if (listed) return listed.erasedBy ? { ...record, erasedBy: listed.erasedBy } : record;
    cursor = page.cursor;
  } while (cursor);
  return record;
}
