/** Something that is wrong with a trail; the kinds are those of GET /api/audit/verification. */
export type TrailProblem =
  /** The line is not a record of this trail at this place. */
  | { readonly kind: 'misplaced'; readonly sequence: number }
  /** The record is not the one that a checkpoint covers. */
  | { readonly kind: 'changed'; readonly sequence: number; readonly signedAt: number }
  /** A checkpoint covers records that are not there. */
  | { readonly kind: 'missing'; readonly sequence: number; readonly to: number }
  /** The export's own count is another one. */
  | {
      readonly kind: 'missing';
      readonly sequence?: undefined;
      readonly records: number;
      readonly reported: number;
    }
  /** A checkpoint, counted from 1, is not genuine, or signed by a key that is not pinned. */
  | {
      readonly kind: 'bad_checkpoint';
      readonly sequence?: undefined;
      readonly number: number;
      readonly signer?: string;
    }
  /** A checkpoint does not follow the one in front of it, or one that was seen before is gone. */
  | {
      readonly kind: 'missing_checkpoint';
      readonly sequence?: undefined;
      readonly number?: number;
      readonly seenAt?: number;
    };
