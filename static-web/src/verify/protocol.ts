import type { Seen } from './series';
import type { Verdict } from './TrailVerifier';

/** What the page tells the worker, one at a time; each is answered before the next. */
export type Order =
  | {
      readonly kind: 'begin';
      readonly organization: string;
      readonly checkpoints: readonly string[];
      readonly trusted: readonly string[];
      readonly seen?: Seen;
    }
  | { readonly kind: 'chunk'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'end' };

export type Answer =
  | { readonly kind: 'taken'; readonly records: number }
  | { readonly kind: 'done'; readonly verdict: Verdict; readonly latest?: Seen }
  /** The export broke off: there is nothing to say about the trail. */
  | { readonly kind: 'incomplete' };
