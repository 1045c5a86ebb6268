import { LineReader } from '../api/LineReader';
import { inspect } from './inspect';
import { packInspections } from './packedInspections';

/** Takes lines of an export, each with its line break, and answers with what they say, in their order. */
self.addEventListener('message', ({ data }: MessageEvent<Uint8Array>) => {
  const packed = packInspections([...new LineReader().add(data)].map(inspect));
  self.postMessage(packed, { transfer: [packed.leaves.buffer] });
});
