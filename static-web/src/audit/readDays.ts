import type { Api } from '../api/client';
import { DayCounter, type Day } from './days';

/** The most that a page may have. */
const pageSize = '500';

/** Counts a whole range page by page; rejects with ApiError, or with AbortError. */
export async function readDays(
  api: Api,
  query: Readonly<Record<string, string | undefined>>,
  onProgress: (records: number) => void,
  signal: AbortSignal,
): Promise<Day[]> {
  const counter = new DayCounter();
  let records = 0;
  let cursor: string | undefined;
  do {
    const page = await api.listAudit({ ...query, limit: pageSize, cursor }, signal);
    page.records.forEach((record) => counter.add(record));
    records += page.records.length;
    onProgress(records);
    cursor = page.cursor;
  } while (cursor);
  return counter.days();
}
