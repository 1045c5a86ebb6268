import type { Access } from '../api/client';
import type { Problem } from '../api/types';
import type { CheckpointVerdict } from './checkpointFile';
import type { FileRequest, Progress, Verification, VerificationRequest } from './verifyExport';

/** What is verified: the trail as the service exports it now, or an export that somebody kept. */
export type Source =
  | { readonly access: Access; readonly request: VerificationRequest }
  | { readonly file: File; readonly request: FileRequest };

export type WorkerResponse =
  | { readonly kind: 'progress'; readonly progress: Progress }
  /** Undefined for a file without a checkpoint. */
  | { readonly kind: 'done'; readonly verification: Verification | CheckpointVerdict | undefined }
  /** The parts of an ApiError: nothing is known about the trail. */
  | { readonly kind: 'failed'; readonly status: number; readonly problem: Problem };
