import { ApiError } from '../api/ApiError';
import { chunksOf } from '../api/chunks';
import { ExportReader } from '../api/ExportReader';
import { LineReader } from '../api/LineReader';

/** Follows an export while it comes; `end` throws ApiError unless it is whole. */
interface Check {
  readonly add: (chunk: Uint8Array) => void;
  readonly end: () => void;
}

function checkLines(linesOfRecord: number): Check {
  let lines = 0;
  const reader = new ExportReader(() => lines++);
  return {
    add: (chunk) => reader.add(chunk),
    end: () => {
      if (reader.end() * linesOfRecord !== lines) throw ApiError.incomplete();
    },
  };
}

/** The last row is `records` and the count; the rows before may hold line breaks, so they are not counted. */
function checkTable(): Check {
  const lines = new LineReader();
  let last = '';
  return {
    add: (chunk) => {
      for (const line of lines.add(chunk)) last = new TextDecoder().decode(line.subarray(0, 100));
    },
    end: () => {
      if (lines.end() || !/^"?records"?,"?\d+"?\r?$/.test(last)) throw ApiError.incomplete();
    },
  };
}

const kinds = {
  csv: { type: 'text/csv', check: checkTable },
  lines: { type: 'application/x-ndjson', check: () => checkLines(1) },
  /** A line with its proof behind each record. */
  evidence: { type: 'application/x-ndjson', check: () => checkLines(2) },
} as const;

export type ExportKind = keyof typeof kinds;

/** The API's own bytes, once they are all there: what is exported is what was stored and hashed. */
export async function readExport(response: Response, kind: ExportKind): Promise<Blob> {
  const { type } = kinds[kind];
  const check = kinds[kind].check();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of chunksOf(response)) {
    check.add(chunk);
    parts.push(chunk);
  }
  check.end();
  return new Blob(parts, { type });
}
