import { isRecord } from '../format/isRecord';
import { parseVerifierKey } from './log/note';

/** The head of a log at an earlier verification that found nothing wrong. */
export interface Seen {
  /** Its origin. */
  readonly log: string;
  readonly size: number;
  /** Base64. */
  readonly root: string;
}

/** What an auditor's browser holds against our server, by organisation. */
export interface Pin {
  /** Fingerprints and vkeys that the auditor trusts, the log’s and witnesses’. */
  readonly keys: readonly string[];
  readonly seen?: Seen;
}

const nameOf = (organization: string) => `securezoom.pin.${organization}`;

/** No keys when nothing is pinned, or what is stored is none of ours. */
export function readPin(organization: string, storage: Storage = localStorage): Pin {
  try {
    const { keys, seen } = JSON.parse(storage.getItem(nameOf(organization)) ?? '{}') as Partial<Pin>;
    if (!Array.isArray(keys) || !keys.every((key) => typeof key === 'string')) return { keys: [] };
    return { keys, ...(isSeen(seen) ? { seen } : {}) };
  } catch {
    return { keys: [] };
  }
}

export function isSeen(value: unknown): value is Seen {
  return (
    isRecord(value) &&
    typeof value['log'] === 'string' &&
    Number.isSafeInteger(value['size']) &&
    typeof value['root'] === 'string'
  );
}

export function writePin(organization: string, pin: Pin, storage: Storage = localStorage): void {
  storage.setItem(nameOf(organization), JSON.stringify(pin));
}

export function forgetPin(organization: string, storage: Storage = localStorage): void {
  storage.removeItem(nameOf(organization));
}

/** What a pinned key is of: the log's notes, a witness; else it is the fingerprint of the key that signs the time. */
export function kindOf(key: string): 'note' | 'witness' | 'fingerprint' {
  const type = parseVerifierKey(key)?.type;
  return type === undefined ? 'fingerprint' : type === 'cosignature' ? 'witness' : 'note';
}

/** How many of them are witnesses'. */
export function countWitnesses(keys: readonly string[]): number {
  return keys.filter((key) => kindOf(key) === 'witness').length;
}
