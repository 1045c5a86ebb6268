import { isSameBytes } from '../format/bytes';
import { readCut } from './cut';
import { readPlace, type DeedPlace } from './deedPlace';
import { readRecordLine, recordLeaf } from './log/record';
import { readAuthority, type ErasedParts } from './withheld';

/** What a record says by itself, whatever stands around it. */
export interface Inspection {
  /** Its leaf, as the log has it. */
  readonly leaf: Uint8Array;
  /** Whether that is the leaf of what the record holds. */
  readonly isWhole: boolean;
  /** Undefined when its deed does not say. */
  readonly place: DeedPlace | undefined;
  /** The numbers of its parts that are withheld; undefined where none is. */
  readonly withheld?: readonly number[];
  /** Which parts of records in front of it were to be destroyed, where it says so. */
  readonly authority?: readonly ErasedParts[];
  /** Up to which record all were let go, where it says so. */
  readonly cut?: number;
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** `line`: UTF-8 JSON without its line break. Undefined when it is no record, or a part is no JSON. */
export function inspect(line: Uint8Array): Inspection | undefined {
  const record = readRecordLine(line);
  if (!record) return undefined;
  try {
    for (const part of record.parts) if ('bytes' in part) JSON.parse(decoder.decode(part.bytes));
    const deed: unknown = JSON.parse(decoder.decode(record.deed));
    const withheld = record.parts.flatMap((part, number) => ('commitment' in part ? [number] : []));
    const authority = readAuthority(deed);
    const cut = readCut(deed);
    return {
      leaf: record.leaf,
      isWhole: isSameBytes(recordLeaf(record), record.leaf),
      place: readPlace(deed),
      ...(withheld.length > 0 && { withheld }),
      ...(authority && { authority }),
      ...(cut !== undefined && { cut }),
    };
  } catch {
    return undefined;
  }
}
