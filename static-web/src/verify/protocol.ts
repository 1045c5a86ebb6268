import type { Access } from '../api/client';
import type { Problem } from '../api/types';
import type { Progress, Verification, Wanted } from './verifyExport';

/** What the page tells the worker, once. */
export interface Order {
  readonly access: Access;
  readonly wanted: Wanted;
}

export type Answer =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'done'; readonly verification: Verification }
  /** The parts of an ApiError: nothing is known about the trail. */
  | { readonly kind: 'failed'; readonly status: number; readonly problem: Problem };
