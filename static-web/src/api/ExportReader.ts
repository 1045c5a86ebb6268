import { ApiError } from '../api/ApiError';
import { LineReader } from './LineReader';

/** Reads an NDJSON export, or an evidence file: its lines as they come, what it says of itself at the end. */
export class ExportReader {
  readonly #lines = new LineReader();
  readonly #onRecord: (line: Uint8Array) => void;
  #held: Uint8Array | undefined;

  constructor(onRecord: (line: Uint8Array) => void) {
    this.#onRecord = onRecord;
  }

  add(chunk: Uint8Array): void {
    for (const line of this.#lines.add(chunk)) {
      // Only the end tells which line is the trailer.
      if (this.#held) this.#onRecord(this.#held);
      this.#held = line;
    }
  }

  /** How many records the last line tells of; throws ApiError. */
  end(): number {
    if (this.#lines.end() || !this.#held) throw ApiError.incomplete();
    try {
      const { trailer, evidence } = JSON.parse(new TextDecoder().decode(this.#held)) as Partial<
        Record<'trailer' | 'evidence', { readonly records?: unknown }>
      >;
      const records = (trailer ?? evidence)?.records;
      if (typeof records === 'number') return records;
    } catch {
      // A record cut in two; told below.
    }
    throw ApiError.incomplete();
  }
}
