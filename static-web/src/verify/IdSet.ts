const digits = /^[\da-f]{32}$/;
/** Of 8 bytes each; a power of two. */
const firstSlots = 1 << 12;

/**
 * The ids of a trail's events, of which there may be millions. They begin with a time or are hashes: of each only the
 * last 64 bits are kept, in which two of a million are alike once in forty million trails.
 */
export class IdSet {
  /** Pairs of halves; 0, 0 where there is none. */
  #slots = new Uint32Array(2 * firstSlots);
  #count = 0;
  /** Those that are no ids of ours. */
  readonly #others = new Set<string>();

  /** Whether it is new. */
  add(id: string): boolean {
    const high = Number.parseInt(id.slice(16, 24), 16);
    const low = Number.parseInt(id.slice(24), 16);
    if (!digits.test(id) || (high === 0 && low === 0)) {
      const { size } = this.#others;
      return this.#others.add(id).size > size;
    }
    // Half full at the most, so that a free one is near.
    if (this.#count * 4 >= this.#slots.length) this.#grow();
    return this.#put(high, low);
  }

  #put(high: number, low: number): boolean {
    const mask = this.#slots.length - 1;
    let at = (Math.imul(high ^ Math.imul(low, 0x9e3779b1), 0x85ebca6b) << 1) & mask;
    for (; this.#slots[at] !== 0 || this.#slots[at + 1] !== 0; at = (at + 2) & mask)
      if (this.#slots[at] === high && this.#slots[at + 1] === low) return false;
    this.#slots[at] = high;
    this.#slots[at + 1] = low;
    this.#count++;
    return true;
  }

  #grow(): void {
    const before = this.#slots;
    this.#slots = new Uint32Array(2 * before.length);
    this.#count = 0;
    for (let at = 0; at < before.length; at += 2)
      if (before[at] !== 0 || before[at + 1] !== 0) this.#put(before[at]!, before[at + 1]!);
  }
}
