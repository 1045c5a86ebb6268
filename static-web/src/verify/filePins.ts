import { isSeen, type Seen } from './pins';

/** What somebody without a sign-in holds against files: which keys they trust, and what they have seen of each log. */
export interface FilePins {
  /** Fingerprints and vkeys. */
  readonly keys: readonly string[];
  /** One of each log, by its origin. */
  readonly seen: readonly Seen[];
}

const name = 'securezoom.pins.files';
const none: FilePins = { keys: [], seen: [] };

/** Nothing where nothing is pinned, or what is stored is none of ours. */
export function readFilePins(storage: Storage = localStorage): FilePins {
  try {
    const { keys, seen } = JSON.parse(storage.getItem(name) ?? '{}') as Partial<FilePins>;
    return Array.isArray(keys) && keys.every((key) => typeof key === 'string')
      ? { keys, seen: Array.isArray(seen) ? seen.filter(isSeen) : [] }
      : none;
  } catch {
    return none;
  }
}

export function writeFilePins(pins: FilePins, storage: Storage = localStorage): void {
  storage.setItem(name, JSON.stringify(pins));
}

/** With what was seen of one log in the place of what was seen of it before. */
export function withSeen(pins: FilePins, seen: Seen): FilePins {
  return { ...pins, seen: [...pins.seen.filter(({ log }) => log !== seen.log), seen] };
}
