import type { AuditRecord } from '../api/types';

/** Zoom and two identity providers tell of one thing a little apart. */
const together = 60_000;
/** A sign-in follows its failures within this. */
const trying = 60 * 60_000;
/** Nobody's session is read across a longer silence. */
const silence = 12 * 60 * 60_000;

export interface Step {
  readonly record: AuditRecord;
  /** Of who left a meeting: how long after joining it, in minutes. */
  readonly minutes?: number;
}

/** What belongs together by time: nothing but the records is evidence. */
export interface Chapter {
  readonly kind: 'session' | 'attempts' | 'other';
  readonly steps: readonly Step[];
}

const timeOf = ({ occurredAt }: AuditRecord) => Date.parse(occurredAt);
const isTrying = ({ action }: AuditRecord) =>
  action === 'signin.failed' || action === 'account.locked' || action.startsWith('mfa.');

/** What somebody did as chapters, each of a sign-in and what followed until the sign-out; in order of time. */
export function chaptersOf(records: readonly AuditRecord[]): Chapter[] {
  const chapters: { kind: Chapter['kind']; steps: Step[]; isOver: boolean }[] = [];
  const joined = new Map<string, number>();
  for (const record of records.toSorted(
    (one, other) => timeOf(one) - timeOf(other) || one.sequence - other.sequence,
  )) {
    const time = timeOf(record);
    const open = chapters.at(-1);
    const last = open?.steps.at(-1);
    const since = last ? time - timeOf(last.record) : Infinity;
    const kind = kindOf(record);
    const continues =
      open !== undefined &&
      !open.isOver &&
      since <= silence &&
      (kind === 'session'
        ? (open.kind === 'attempts' && since <= trying) || isSameSignIn(open, record)
        : kind === 'other' || open.kind === kind || open.kind === 'session');
    const chapter = continues ? open : { kind, steps: [], isOver: false };
    if (!continues) chapters.push(chapter);
    if (kind === 'session') chapter.kind = 'session';
    chapter.steps.push(stepOf(record, joined));
    if (record.action === 'signout') chapter.isOver = true;
  }
  return chapters.map(({ kind, steps }) => ({ kind, steps }));
}

function kindOf(record: AuditRecord): Chapter['kind'] {
  if (record.action === 'signin.succeeded') return 'session';
  return isTrying(record) ? 'attempts' : 'other';
}

/** Whether another source tells of the sign-in that a chapter began with. */
function isSameSignIn(open: { kind: Chapter['kind']; steps: readonly Step[] }, record: AuditRecord): boolean {
  const signIns = open.steps.filter((step) => step.record.action === 'signin.succeeded');
  const first = signIns[0]?.record;
  return (
    first !== undefined &&
    timeOf(record) - timeOf(first) <= together &&
    signIns.every((step) => step.record.source !== record.source)
  );
}

function stepOf(record: AuditRecord, joined: Map<string, number>): Step {
  const { action, meeting } = record;
  if (meeting && action === 'meeting.participant_joined') joined.set(meeting, timeOf(record));
  const since = meeting && action === 'meeting.participant_left' ? joined.get(meeting) : undefined;
  if (!meeting || since === undefined) return { record };
  joined.delete(meeting);
  return { record, minutes: Math.round((timeOf(record) - since) / 60_000) };
}

/** From where a chapter's sign-in came, with which factor, on which device, as far as its records say. */
export function signInOf({ steps }: Chapter): {
  readonly ip?: string;
  readonly factor?: string;
  readonly device?: string;
} {
  const attempts = steps.map(({ record }) => record).filter((record) => kindOf(record) !== 'other');
  // Where somebody signed in, whoever failed before may have been somebody else.
  const succeeded = attempts.filter(({ outcome }) => outcome === 'success');
  const signIns = succeeded.length > 0 ? succeeded : attempts;
  const said = (value: (record: AuditRecord) => unknown) =>
    signIns.map(value).find((one): one is string => typeof one === 'string');
  const ip = said(({ client }) => client?.ip);
  const factor = said(({ details, action }) =>
    action === 'mfa.succeeded' ? details?.['factor'] : undefined,
  );
  const device = said(
    ({ details }) => (details?.['origin'] as Record<string, unknown> | undefined)?.['device'],
  );
  return { ...(ip ? { ip } : {}), ...(factor ? { factor } : {}), ...(device ? { device } : {}) };
}
