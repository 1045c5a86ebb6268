/** Something that is wrong with a trail; the codes are those of GET /api/audit/verification. */
export type TrailProblem =
  /** What stands in a record's place is no record. */
  | { readonly code: 'unreadable'; readonly sequence: number }
  /** Behind this record of an evidence file is something that is no record with its proof. */
  | { readonly code: 'unreadable'; readonly sequence?: undefined; readonly behind: number }
  /** The record is not one of this log at this place. */
  | { readonly code: 'misplaced'; readonly sequence: number }
  /** The record is not the one that the log committed to; or those up to `to` are not those that a checkpoint covers. */
  | { readonly code: 'changed'; readonly sequence: number; readonly to?: number }
  /** Two records are of the same event. */
  | { readonly code: 'twice'; readonly sequence: number }
  /** The record says that it was written down before the one in front of it, or later than now. */
  | { readonly code: 'time'; readonly sequence: number; readonly recordedAt: string }
  /** Parts of the record are destroyed, and no record behind it says that they were to be. */
  | { readonly code: 'erased_without_record'; readonly sequence: number }
  /** Records are not there. */
  | { readonly code: 'missing'; readonly sequence: number; readonly to: number }
  /** Nothing proves that the record in front of an export's first was recorded before `since`, when it says that it begins. */
  | { readonly code: 'missing'; readonly sequence: number; readonly to?: undefined; readonly since: string }
  /** Nothing proves that the record behind an export's last was not recorded before `until`, when it says that it ends. */
  | {
      readonly code: 'missing';
      readonly sequence: number;
      readonly to?: undefined;
      readonly since?: undefined;
      readonly until: string;
    }
  /** The export's own count is another one. */
  | {
      readonly code: 'missing';
      readonly sequence?: undefined;
      readonly records: number;
      readonly reported: number;
    }
  /** A checkpoint, counted from 1, is not genuine, or signed by a key that is not pinned. */
  | {
      readonly code: 'bad_checkpoint';
      readonly sequence?: undefined;
      readonly number: number;
      readonly signer?: string;
    }
  /** The record's proof leads to another checkpoint than the file's. */
  | { readonly code: 'bad_checkpoint'; readonly sequence: number }
  /** A checkpoint, counted from 1, contradicts the one in front of it. */
  | { readonly code: 'fork'; readonly sequence?: undefined; readonly number: number }
  /** The trail does not go on from the tree of this size that was seen before. */
  | {
      readonly code: 'fork';
      readonly sequence?: undefined;
      readonly number?: undefined;
      readonly seenSize: number;
      /** Of a checkpoint that is smaller than that; undefined where it is another of this size. */
      readonly size?: number;
    }
  /** The newest checkpoint is older than it can be. */
  | { readonly code: 'not_signed'; readonly sequence?: undefined; readonly recordedAt: string };
