import { isRecord } from '../format/isRecord';

/** That a trail's first records were let go. */
export interface Cut {
  /** The last of them. */
  readonly last: number;
  /** The record that says so; null where it may stand behind what was looked at. */
  readonly by: number | null;
  /** Whether that is proved to be in the log. */
  readonly isProved: boolean;
}

/** Up to which record a deed (parsed JSON) says that all were let go; undefined when it is no such record's, or does not say it as we do. */
export function readCut(deed: unknown): number | undefined {
  if (!isRecord(deed)) return undefined;
  const { action, source, outcome, details, index } = deed;
  if (action !== 'audit.let_go' || source !== 'app' || outcome !== 'success') return undefined;
  const { first, last } = isRecord(details) ? details : {};
  if (!isPlace(first) || !isPlace(last) || !Number.isSafeInteger(index)) return undefined;
  // Only of records in front of it.
  return first <= last && last <= (index as number) ? last : undefined;
}

function isPlace(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 1;
}
