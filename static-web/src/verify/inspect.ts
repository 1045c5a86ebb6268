import { isSameBytes } from '../format/bytes';
import { readPlace, type DeedPlace } from './deedPlace';
import { readRecordLine, recordLeaf } from './log/record';

/** What a record says by itself, whatever stands around it. */
export interface Inspection {
  /** Its leaf, as the log has it. */
  readonly leaf: Uint8Array;
  /** Whether that is the leaf of what the record holds. */
  readonly isWhole: boolean;
  /** Undefined when its deed does not say. */
  readonly place: DeedPlace | undefined;
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** `line`: UTF-8 JSON without its line break. Undefined when it is no record, or a part is no JSON. */
export function inspect(line: Uint8Array): Inspection | undefined {
  const record = readRecordLine(line);
  if (!record) return undefined;
  try {
    for (const part of record.parts) JSON.parse(decoder.decode(part));
    const place = readPlace(JSON.parse(decoder.decode(record.deed)));
    return { leaf: record.leaf, isWhole: isSameBytes(recordLeaf(record), record.leaf), place };
  } catch {
    return undefined;
  }
}
