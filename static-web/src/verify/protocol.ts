import type { Access } from '../api/client';
import type { Problem } from '../api/types';
import type { Progress, Verification, VerificationRequest } from './verifyExport';

/** What is verified: the trail as the service exports it now, or an export that somebody kept. */
export type Source = { readonly access: Access } | { readonly file: File };

/** What the page tells the worker, once. */
export interface WorkerRequest {
  readonly source: Source;
  readonly request: VerificationRequest;
}

export type WorkerResponse =
  | { readonly kind: 'progress'; readonly progress: Progress }
  /** Undefined for a file without a checkpoint. */
  | { readonly kind: 'done'; readonly verification: Verification | undefined }
  /** The parts of an ApiError: nothing is known about the trail. */
  | { readonly kind: 'failed'; readonly status: number; readonly problem: Problem };
