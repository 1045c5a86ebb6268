import type { Seen } from './series';

/** What an auditor's browser holds against our server, by organisation. */
export interface Pin {
  /** Fingerprints of the keys that the auditor trusts. */
  readonly keys: readonly string[];
  /** The last checkpoint of the last verification that found nothing wrong. */
  readonly seen?: Seen;
}

const nameOf = (organization: string) => `securezoom.pin.${organization}`;

/** No keys when nothing is pinned, or what is stored is none of ours. */
export function readPin(organization: string, storage: Storage = localStorage): Pin {
  try {
    const { keys, seen } = JSON.parse(storage.getItem(nameOf(organization)) ?? '{}') as Partial<Pin>;
    if (!Array.isArray(keys) || !keys.every((key) => typeof key === 'string')) return { keys: [] };
    return {
      keys,
      ...(typeof seen?.digest === 'string' && typeof seen.signedAt === 'number' ? { seen } : {}),
    };
  } catch {
    return { keys: [] };
  }
}

export function writePin(organization: string, pin: Pin, storage: Storage = localStorage): void {
  storage.setItem(nameOf(organization), JSON.stringify(pin));
}

export function forgetPin(organization: string, storage: Storage = localStorage): void {
  storage.removeItem(nameOf(organization));
}
