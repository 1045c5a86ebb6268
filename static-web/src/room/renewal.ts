import type { Place } from './place';

/** With less than this left a signature is not used, and nobody waits outside a meeting with it. */
const enoughMilliseconds = 120_000;

export function isFresh(expiresAt: string): boolean {
  return Date.parse(expiresAt) - Date.now() >= enoughMilliseconds;
}

/**
 * Tells when the signature in use has to be replaced: before it ends, and only while its bearer is outside the
 * meeting. Who is inside stays there when it ends.
 */
export class Renewal {
  readonly #onDue: () => void;
  #place: Place = 'outside';
  #isDue = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(onDue: () => void) {
    this.#onDue = onDue;
  }

  /** From now on this signature is in use. */
  watch(expiresAt: string): void {
    this.stop();
    const left = Date.parse(expiresAt) - Date.now();
    // One that has little from the beginning ends with its invitation: a new one would have no more.
    const delay = left > 2 * enoughMilliseconds ? left - enoughMilliseconds : left;
    this.#timer = setTimeout(() => {
      this.#isDue = true;
      this.#tell();
    }, delay);
  }

  follow(place: Place): void {
    this.#place = place;
    this.#tell();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#isDue = false;
  }

  #tell(): void {
    if (!this.#isDue || this.#place === 'inside') return;
    this.stop();
    this.#onDue();
  }
}
