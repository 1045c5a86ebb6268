import { ApiError } from '../api/ApiError';
import { fromBase64 } from '../format/bytes';
import { isRecord } from '../format/isRecord';
import type { CheckpointFile } from './checkpoint';
import { TreeEdge } from './log/merkle';
import { readHash } from './log/strict';

/** The last line of an NDJSON export. */
export interface Trailer {
  readonly records: number;
  /** The tree in front of the first record. */
  readonly before: TreeEdge;
  /** The last one when it was exported; undefined when there was none, or records are left out. */
  readonly checkpoint: CheckpointFile | undefined;
  /** What leads from the last record to the checkpoint; undefined where that is of no more records. */
  readonly path: readonly Uint8Array[] | undefined;
}

/** Far more than any has. */
const maxBytes = 64 * 1024;

/** Rejects with ApiError when the file does not end with one. */
export async function readTrailer(file: Blob): Promise<Trailer> {
  const end = await file.slice(-maxBytes).text();
  const line = end.trimEnd().split('\n').at(-1) ?? '';
  try {
    const { trailer } = JSON.parse(line) as { readonly trailer: unknown };
    if (isRecord(trailer)) return readMembers(trailer);
  } catch {
    // Told below.
  }
  throw ApiError.incomplete();
}

/** Throws on what is none. */
function readMembers({ records, before, checkpoint, consistency }: Record<string, unknown>): Trailer {
  const { size, edge } = isRecord(before) ? before : {};
  const tree =
    typeof size === 'number' && typeof edge === 'string' ? TreeEdge.read(size, fromBase64(edge)) : undefined;
  if (!Number.isSafeInteger(records) || !tree) throw new TypeError('no trailer');
  return {
    records: records as number,
    before: tree,
    checkpoint: checkpoint === undefined ? undefined : readCheckpoint(checkpoint),
    path: consistency === undefined ? undefined : readPath(consistency),
  };
}

function readCheckpoint(value: unknown): CheckpointFile {
  const { note, jws } = isRecord(value) ? value : {};
  if (typeof note !== 'string' || typeof jws !== 'string') throw new TypeError('no checkpoint');
  return { note, jws };
}

function readPath(value: unknown): readonly Uint8Array[] {
  if (!Array.isArray(value)) throw new TypeError('no path');
  return value.map((text: unknown) => {
    const hash = typeof text === 'string' ? readHash(text) : undefined;
    if (!hash) throw new TypeError('no hash');
    return hash;
  });
}
