import InspectWorker from './inspect.worker?worker';
import type { Inspection } from './inspect';
import type { Inspector } from './Inspector';
import { unpackInspections, type PackedInspections } from './packedInspections';

type Inspections = readonly (Inspection | undefined)[];

const lineFeed = 0x0a;
/** More would wait for the lines to come. */
const maxWorkers = 8;

/** Not every browser lets a worker have workers. */
export const canInspectInWorkers = typeof Worker === 'function';

/** In as many workers as the machine has processors, by turns. They end with the worker that has them. */
export class InspectorWorkers implements Inspector {
  readonly #workers = Array.from(
    { length: Math.min(navigator.hardwareConcurrency, maxWorkers) },
    () => new OneWorker(),
  );
  #next = 0;

  get capacity(): number {
    return 2 * this.#workers.length;
  }

  inspect(lines: readonly Uint8Array[]): Promise<Inspections> {
    return this.#workers[this.#next++ % this.#workers.length]!.inspect(lines);
  }
}

/** Answers in the order in which it is asked. */
class OneWorker {
  readonly #worker = new InspectWorker();
  readonly #asked: ((inspections: Inspections) => void)[] = [];

  constructor() {
    this.#worker.onmessage = ({ data }: MessageEvent<PackedInspections>) =>
      this.#asked.shift()?.(unpackInspections(data));
    // What it cannot do is an error of the program: it ends the verification.
    this.#worker.onerror = ({ message }) => reportError(new Error(message));
  }

  inspect(lines: readonly Uint8Array[]): Promise<Inspections> {
    const batch = joinLines(lines);
    return new Promise((resolve) => {
      this.#asked.push(resolve);
      this.#worker.postMessage(batch, [batch.buffer]);
    });
  }
}

/** Each with its line break. */
function joinLines(lines: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(lines.reduce((length, line) => length + line.length + 1, 0));
  let at = 0;
  for (const line of lines) {
    all.set(line, at);
    at += line.length;
    all[at++] = lineFeed;
  }
  return all;
}
