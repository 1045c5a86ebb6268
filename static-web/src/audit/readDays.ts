import { chunksOf } from '../api/chunks';
import type { Api } from '../api/client';
import type { AuditRecord } from '../api/types';
import { DayCounter, type Day } from './days';
import { ExportReader } from '../api/ExportReader';

/** How long reading may keep the page from anything else. */
const turnMilliseconds = 30;

/** Counts a whole range while it streams in; rejects with ApiError, or with AbortError. */
export async function readDays(
  api: Api,
  query: Readonly<Record<string, string | undefined>>,
  onProgress: (records: number) => void,
  signal: AbortSignal,
): Promise<Day[]> {
  const counter = new DayCounter();
  const decoder = new TextDecoder();
  let records = 0;
  let since = performance.now();
  const reader = new ExportReader((line) => {
    counter.add(JSON.parse(decoder.decode(line)) as AuditRecord);
    records++;
  });
  const response = await api.exportAudit(query, 'application/x-ndjson', signal);
  for await (const chunk of chunksOf(response)) {
    reader.add(chunk);
    if (performance.now() - since < turnMilliseconds) continue;
    // What has arrived already would otherwise be read without a pause, and the page would stand still.
    onProgress(records);
    await new Promise((resolve) => setTimeout(resolve));
    since = performance.now();
  }
  reader.end();
  return counter.days();
}
