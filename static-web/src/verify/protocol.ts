import type { Access } from '../api/client';
import type { Problem } from '../api/types';
import type { Progress, Verification, VerificationRequest } from './verifyExport';

/** What the page tells the worker, once. */
export interface WorkerRequest {
  readonly access: Access;
  readonly request: VerificationRequest;
}

export type WorkerResponse =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'done'; readonly verification: Verification }
  /** The parts of an ApiError: nothing is known about the trail. */
  | { readonly kind: 'failed'; readonly status: number; readonly problem: Problem };
