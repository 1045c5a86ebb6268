const lineFeed = 0x0a;
const nothing = new Uint8Array();

/** Cuts a stream of bytes into lines, without their line breaks. */
export class LineReader {
  #rest: Uint8Array | undefined;

  /** The lines that end in this chunk; they may be views of it. */
  *add(chunk: Uint8Array): Generator<Uint8Array> {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
      const part = chunk.subarray(start, end);
      yield this.#rest ? join(this.#rest, part) : part;
      this.#rest = undefined;
      start = end + 1;
    }
    if (start < chunk.length) this.#rest = join(this.#rest ?? nothing, chunk.subarray(start));
  }

  /** What came after the last line break; undefined when nothing did. */
  end(): Uint8Array | undefined {
    return this.#rest;
  }
}

function join(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
