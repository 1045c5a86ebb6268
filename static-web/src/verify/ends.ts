import type { TrailCheckpoint } from './checkpoint';
import { isBefore, type Instant } from './deedPlace';
import { readLaterRecord, type LaterRecord } from './laterErasure';
import type { TrailProblem } from './problems';
import type { Trailer } from './trailer';

/** What of a trail an export is. */
export interface Part {
  /** Its records' sequences. */
  readonly first: number;
  readonly last: number;
  /** The time that it was asked for; neither where it was not asked for by time. */
  readonly since?: string;
  readonly until?: string;
  /** Whether it is proved to leave out nothing of that time. */
  readonly isAll: boolean;
}

/** Undefined of a whole trail. */
export function readPart(trailer: Trailer, checkpoint: TrailCheckpoint): Part | undefined {
  const { records, before, isFromBeginning, from, to } = trailer;
  if (!from && !to && (before.size === 0 || isFromBeginning)) return undefined;
  return {
    first: before.size + 1,
    last: before.size + records,
    ...(from && { since: from.text }),
    ...(to && { until: to.text }),
    isAll: (beginsByTime(trailer, checkpoint) ?? true) && (endsByTime(trailer, checkpoint) ?? true),
  };
}

/**
 * Where an export of a range of time may leave records out at its ends, by the rules of SecureZoom.Verification's
 * ExportEnds. `checkpoint`: the trailer's own, which is trusted. What waits for its checkpoint is no problem.
 */
export function findOpenEnds(trailer: Trailer, checkpoint: TrailCheckpoint): TrailProblem[] {
  const { records, before, from, to } = trailer;
  const [front, end, signed] = [before.size, before.size + records, checkpoint.head.size];
  const problems: TrailProblem[] = [];
  if (from && front <= signed && beginsByTime(trailer, checkpoint) === false)
    problems.push({ code: 'missing', sequence: front, since: from.text });
  if (to && end < signed && endsByTime(trailer, checkpoint) === false)
    problems.push({ code: 'missing', sequence: end + 1, until: to.text });
  return problems;
}

/** Whether the record in front of the first is proved to be older than what was asked for; undefined where nothing needs to be. */
function beginsByTime(
  { before, isFromBeginning, from, inFront }: Trailer,
  checkpoint: TrailCheckpoint,
): boolean | undefined {
  if (!from || before.size === 0 || isFromBeginning) return undefined;
  const time = timeOf(inFront, before.size, checkpoint);
  return time !== undefined && isBefore(time, from);
}

/** Whether the record behind the last is proved not to be older than where it was asked to end; undefined where it was not. */
function endsByTime(
  { records, before, to, behind }: Trailer,
  checkpoint: TrailCheckpoint,
): boolean | undefined {
  if (!to) return undefined;
  const time = timeOf(behind, before.size + records + 1, checkpoint);
  return time !== undefined && !isBefore(time, to);
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
