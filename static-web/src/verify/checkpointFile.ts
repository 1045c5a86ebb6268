import { ApiError } from '../api/ApiError';
import { isRecord } from '../format/isRecord';
import { toBase64, toUtf8 } from '../format/bytes';
import type { CheckpointFile, TrailCheckpoint } from './checkpoint';
import { parseCheckpoint } from './log/checkpoint';
import { isSameHead } from './log/merkle';
import { parseNote, parseVerifierKey, verifyNote } from './log/note';
import { readHash } from './log/strict';
import type { Seen } from './pins';
import type { TrailProblem } from './problems';
import { readSeries } from './series';
import { readCheckpoint } from './trailer';

/** What checkpoints alone say: which tree was signed, and not what is in it. */
export interface CheckpointVerdict {
  readonly checkpoints: number;
  /** The newest that holds. */
  readonly newest: TrailCheckpoint | undefined;
  readonly problems: readonly TrailProblem[];
  /** The newest, to be held against what comes later; undefined where anything is wrong. */
  readonly latest?: Seen;
}

/** Checkpoints as GET /api/audit/checkpoints answers them, one of them, or the text of a signed note. */
type Checkpoints = { readonly files: readonly CheckpointFile[] } | { readonly note: string };

/** A page of the API's has a thousand of them. */
const maxBytes = 16 * 1024 * 1024;

/** Undefined for a file that is none. Rejects with ApiError for one that is broken. */
export async function readCheckpointFile(file: Blob): Promise<Checkpoints | undefined> {
  if (file.size > maxBytes) return undefined;
  const text = await file.text();
  const note = parseNote(toUtf8(text));
  if (note && parseCheckpoint(note.text)) return { note: text };
  const value = parse(text);
  if (!isRecord(value)) return undefined;
  const list: unknown = 'note' in value ? [value] : value['checkpoints'];
  if (!Array.isArray(list)) return undefined;
  try {
    return { files: list.map(readCheckpoint) };
  } catch {
    throw ApiError.incomplete();
  }
}

/**
 * Whether a pinned key has signed them, each goes on from the one before, and they agree with what this browser has seen
 * of the log: a smaller tree, or another one of the same size, is not the trail that was proved here.
 */
export async function verifyCheckpoints(
  checkpoints: Checkpoints,
  trusted: readonly string[],
  allSeen: readonly Seen[],
): Promise<CheckpointVerdict> {
  const series =
    'files' in checkpoints
      ? await readSeries([checkpoints.files], trusted)
      : await readNote(checkpoints.note, trusted);
  const newest = series.checkpoints.at(-1);
  const problems: TrailProblem[] = [...series.problems];
  const seen = allSeen.find(({ log }) => log === newest?.origin);
  const root = seen && readHash(seen.root);
  if (seen && root && newest) {
    const isOther = series.checkpoints.some(
      ({ head }) => head.size === seen.size && !isSameHead(head, { size: seen.size, root }),
    );
    if (isOther) problems.push({ code: 'fork', seenSize: seen.size });
    else if (newest.head.size < seen.size)
      problems.push({ code: 'fork', seenSize: seen.size, size: newest.head.size });
  }
  return {
    checkpoints: 'files' in checkpoints ? checkpoints.files.length : 1,
    newest,
    problems,
    ...(newest && problems.length === 0
      ? { latest: { log: newest.origin, size: newest.head.size, root: toBase64(newest.head.root) } }
      : {}),
  };
}

/** A note by itself is signed by the notes' key alone: it says neither its number nor its time. */
async function readNote(text: string, trusted: readonly string[]) {
  const note = parseNote(toUtf8(text));
  const body = note && parseCheckpoint(note.text);
  const keys = trusted.map(parseVerifierKey).filter((key) => key !== undefined);
  const verified = note ? await verifyNote(note, keys) : [];
  const isSigned = verified.some(({ key }) => key.type === 'ed25519');
  return body && isSigned
    ? {
        checkpoints: [
          {
            ...body,
            number: undefined,
            signedAt: undefined,
            seenBy: verified.filter(({ key }) => key.type === 'cosignature'),
          },
        ],
        problems: [],
      }
    : { checkpoints: [], problems: [{ code: 'bad_checkpoint', number: 1 } as const] };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
