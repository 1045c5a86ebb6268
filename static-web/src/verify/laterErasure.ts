import { isSameBytes, toUtf8 } from '../format/bytes';
import type { TrailCheckpoint } from './checkpoint';
import { inspect, type Inspection } from './inspect';
import { verifyInclusion } from './log/merkle';
import { parseProof } from './log/proof';
import { readRecordLine, recordLeaf } from './log/record';

/** A record behind an export's last, as a line has it, and that it is in the checkpoint's tree (tlog-proof). */
export interface LaterRecord {
  readonly record: string;
  readonly proof: string;
}

/**
 * What a record behind an export's last says. Undefined when it is none, or not proved to be in the tree of the
 * checkpoint, which is trusted; that of its own proof counts for nothing beside it.
 */
export function readLaterRecord(
  { record, proof }: LaterRecord,
  checkpoint: TrailCheckpoint,
): { readonly sequence: number; readonly inspection: Inspection } | undefined {
  const line = toUtf8(record);
  const [inspection, read, path] = [inspect(line), readRecordLine(line), parseProof(toUtf8(proof))];
  if (!inspection?.place || !read || !path) return undefined;
  const { place } = inspection;
  const leaf = recordLeaf(read);
  const isProved =
    isSameBytes(leaf, inspection.leaf) &&
    place.log === checkpoint.origin &&
    place.index === path.index &&
    verifyInclusion(path.path, path.index, leaf, checkpoint.head);
  return isProved ? { sequence: place.index + 1, inspection } : undefined;
}
