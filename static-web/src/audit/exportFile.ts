import { ApiError } from '../api/ApiError';
import { chunksOf } from '../api/chunks';
import { ExportReader } from '../api/ExportReader';
import { LineReader } from '../api/LineReader';

/** Follows an export while it comes; `end` throws ApiError unless it is whole. */
interface Check {
  readonly add: (chunk: Uint8Array) => void;
  readonly end: () => void;
}

function checkLines(): Check {
  let records = 0;
  const reader = new ExportReader(() => records++);
  return {
    add: (chunk) => reader.add(chunk),
    end: () => {
      if (reader.end() !== records) throw ApiError.incomplete();
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

const checks = { 'application/x-ndjson': checkLines, 'text/csv': checkTable };

/** The API's own bytes, once they are all there: what is exported is what was stored and hashed. */
export async function readExport(response: Response, type: keyof typeof checks): Promise<Blob> {
  const check = checks[type]();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of chunksOf(response)) {
    check.add(chunk);
    parts.push(chunk);
  }
  check.end();
  return new Blob(parts, { type });
}
