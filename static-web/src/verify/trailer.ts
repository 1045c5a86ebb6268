import { ApiError } from '../api/ApiError';
import { fromBase64 } from '../format/bytes';
import { isRecord } from '../format/isRecord';
import type { CheckpointFile } from './checkpoint';
import { readInstant, type Instant } from './deedPlace';
import type { LaterRecord } from './laterErasure';
import { TreeEdge } from './log/merkle';
import { readHash } from './log/strict';

/** The last line of an NDJSON export. */
export interface Trailer {
  readonly records: number;
  /** The tree in front of the first record. */
  readonly before: TreeEdge;
  /** The last one when it was exported; undefined when there was none, or records are left out. */
  readonly checkpoint: CheckpointFile | undefined;
  /** The newest that witnesses have signed, where that is an earlier one. */
  readonly witnessed: CheckpointFile | undefined;
  /** What leads from the last record to the checkpoint; undefined where that is of no more records. */
  readonly path: readonly Uint8Array[] | undefined;
  /** Whether the log may have gone on behind the last record when it was exported: only where it was asked for up to a time. */
  readonly endsEarlier: boolean;
  /** Records behind the last on whose authority parts of those here were destroyed, with what proves them (tlog-proof). */
  readonly erasures: readonly LaterRecord[];
  /** Whether it was asked for from the trail's beginning: what is in front of the first record was let go. */
  readonly isFromBeginning: boolean;
  /** The record behind the last that says so. */
  readonly cut: LaterRecord | undefined;
  /** From when on it was asked for, and up to when. */
  readonly from: Instant | undefined;
  readonly to: Instant | undefined;
  /** The records in front of the first line and behind the last, which show by their times that none is left out there. */
  readonly inFront: LaterRecord | undefined;
  readonly behind: LaterRecord | undefined;
}

/** More than one has that names no erasure. */
const usualBytes = 64 * 1024;
/** Far more than any has. */
const maxBytes = 64 * 1024 * 1024;

/** Rejects with ApiError when the file does not end with one. */
export async function readTrailer(file: Blob): Promise<Trailer> {
  const line = await readLastLine(file);
  try {
    const { trailer } = JSON.parse(line) as { readonly trailer: unknown };
    if (isRecord(trailer)) return readMembers(trailer);
  } catch {
    // Told below.
  }
  throw ApiError.incomplete();
}

async function readLastLine(file: Blob): Promise<string> {
  for (let bytes = usualBytes; ; bytes *= 8) {
    const lines = (await file.slice(-bytes).text()).trimEnd().split('\n');
    if (lines.length > 1 || bytes >= file.size || bytes >= maxBytes) return lines.at(-1) ?? '';
  }
}

/** Throws on what is none. */
function readMembers({
  records,
  before,
  checkpoint,
  witnessed,
  consistency,
  to,
  erasures,
  isFromBeginning,
  cut,
  from,
  inFront,
  behind,
}: Record<string, unknown>): Trailer {
  const { size, edge } = isRecord(before) ? before : {};
  const tree =
    typeof size === 'number' && typeof edge === 'string' ? TreeEdge.read(size, fromBase64(edge)) : undefined;
  if (!Number.isSafeInteger(records) || !tree) throw new TypeError('no trailer');
  return {
    records: records as number,
    before: tree,
    checkpoint: checkpoint === undefined ? undefined : readCheckpoint(checkpoint),
    witnessed: witnessed === undefined ? undefined : readCheckpoint(witnessed),
    path: consistency === undefined ? undefined : readPath(consistency),
    endsEarlier: to !== undefined,
    erasures: erasures === undefined ? [] : readErasures(erasures),
    isFromBeginning: isFromBeginning === true,
    cut: cut === undefined ? undefined : readLater(cut),
    from: from === undefined ? undefined : readTime(from),
    to: to === undefined ? undefined : readTime(to),
    inFront: inFront === undefined ? undefined : readLater(inFront),
    behind: behind === undefined ? undefined : readLater(behind),
  };
}

function readTime(value: unknown): Instant {
  const time = readInstant(value);
  if (!time) throw new TypeError('no time');
  return time;
}

function readErasures(value: unknown): Trailer['erasures'] {
  if (!Array.isArray(value)) throw new TypeError('no erasures');
  return value.map(readLater);
}

function readLater(value: unknown): LaterRecord {
  const { record, proof } = isRecord(value) ? value : {};
  if (typeof record !== 'string' || typeof proof !== 'string') throw new TypeError('no record');
  return { record, proof };
}

/** Throws on what is none. */
export function readCheckpoint(value: unknown): CheckpointFile {
  const { note, jws, cosignatures = [] } = isRecord(value) ? value : {};
  if (typeof note !== 'string' || typeof jws !== 'string' || !isTexts(cosignatures))
    throw new TypeError('no checkpoint');
  return { note, jws, cosignatures };
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((text) => typeof text === 'string');
}

function readPath(value: unknown): readonly Uint8Array[] {
  if (!Array.isArray(value)) throw new TypeError('no path');
  return value.map((text: unknown) => {
    const hash = typeof text === 'string' ? readHash(text) : undefined;
    if (!hash) throw new TypeError('no hash');
    return hash;
  });
}
