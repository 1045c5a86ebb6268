import { ApiError } from '../api/ApiError';
import type { ExportTrailer } from '../api/types';
import { LineReader } from './LineReader';

/** Reads an NDJSON export: its records as they come, its trailer at the end. */
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

  /** How many records the trailer tells of; throws ApiError. */
  end(): number {
    if (this.#lines.end() || !this.#held) throw ApiError.incomplete();
    try {
      const { trailer } = JSON.parse(new TextDecoder().decode(this.#held)) as Partial<ExportTrailer>;
      if (typeof trailer?.records === 'number') return trailer.records;
    } catch {
      // A record cut in two; told below.
    }
    throw ApiError.incomplete();
  }
}
