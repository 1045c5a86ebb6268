import { inspect, type Inspection } from './inspect';

/** Inspects lines of an export, a batch at a time. */
export interface Inspector {
  /** How many batches it takes at once. */
  readonly capacity: number;
  /** Of each line, in their order. */
  inspect(lines: readonly Uint8Array[]): Promise<readonly (Inspection | undefined)[]>;
}

/** In the thread that asks. */
export class InspectorHere implements Inspector {
  readonly capacity = 0;

  inspect(lines: readonly Uint8Array[]): Promise<readonly (Inspection | undefined)[]> {
    return Promise.resolve(lines.map(inspect));
  }
}
