import type { TrailCheckpoint } from './checkpoint';
import { isBefore, type Instant } from './deedPlace';
import { readLaterRecord, type LaterRecord } from './laterErasure';
import type { TrailProblem } from './problems';
import type { Trailer } from './trailer';

/**
 * Where an export of a range of time may leave records out at its ends, by the rules of SecureZoom.Verification's
 * ExportEnds. `checkpoint`: the trailer's own, which is trusted.
 */
export function findOpenEnds(
  { records, before, isFromBeginning, from, to, inFront, behind }: Trailer,
  checkpoint: TrailCheckpoint,
): TrailProblem[] {
  const problems: TrailProblem[] = [];
  const [front, end, signed] = [before.size, before.size + records, checkpoint.head.size];
  if (from && front > 0 && !isFromBeginning && front <= signed) {
    const time = timeOf(inFront, front, checkpoint);
    if (!time || !isBefore(time, from)) problems.push({ code: 'missing', sequence: front, since: from.text });
  }
  if (to && end < signed) {
    const time = timeOf(behind, end + 1, checkpoint);
    if (!time || isBefore(time, to)) problems.push({ code: 'missing', sequence: end + 1, until: to.text });
  }
  return problems;
}

/** When a record was recorded; undefined where it is not this one of the log. */
function timeOf(
  record: LaterRecord | undefined,
  sequence: number,
  checkpoint: TrailCheckpoint,
): Instant | undefined {
  const read = record && readLaterRecord(record, checkpoint);
  return read?.sequence === sequence ? read.inspection.place?.recordedAt : undefined;
}
