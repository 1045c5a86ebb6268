import type { ServerVerdict } from '../api/types';
import type { ShieldState } from '../ui/Shield';

/** What a verification comes to. */
export interface Judgement {
  readonly state: ShieldState;
  /** How many records are proved, but for those that a problem names. */
  readonly proved: number;
  /** Why it is wrong although nothing else is: the signer is late, or the server's own verification found something. */
  readonly reason?: 'not_signed' | 'server';
}

/** What of a verdict is judged. */
export interface Judged {
  readonly records: number;
  /** How many of them a checkpoint covers, but for those that `problems` names. */
  readonly proved: number;
  /** When the first record that no checkpoint covers was recorded, in seconds since 1970. */
  readonly waitingSince: number | undefined;
  readonly problems: readonly { readonly code: string }[];
  readonly erased: { readonly unproved: number; readonly unexplained: number };
  readonly cut?: { readonly isProved: boolean };
}

/** Seconds that a record waits for its checkpoint: signed every five minutes, and once that may fail. */
export const signingPatience = 600;

/**
 * Green only for what is proved. `server`: its own verification; undefined when it did not answer. `now`: seconds since
 * 1970, of a trail that was read just now; undefined of an old one, of which nobody knows what was signed since.
 */
export function judge(verdict: Judged, server?: ServerVerdict, now = -Infinity): Judgement {
  const { problems, waitingSince, proved, erased, cut } = verdict;
  if (problems.some(({ code }) => code !== 'not_signed')) return { state: 'wrong', proved };
  if (problems.length > 0 || (waitingSince !== undefined && waitingSince + signingPatience < now))
    return { state: 'wrong', proved, reason: 'not_signed' };
  if (server?.valid === false) return { state: 'wrong', proved, reason: 'server' };
  // What is erased or let go is right where it is proved that it was to be.
  const isProved =
    proved === verdict.records &&
    erased.unproved === 0 &&
    erased.unexplained === 0 &&
    cut?.isProved !== false;
  return { state: isProved ? 'proved' : 'waiting', proved };
}

/** The same of a trail of which there is the server's word alone. */
export function judgeByServer(server: ServerVerdict): Judgement {
  const { records, waiting } = server;
  const nothingElse = { waitingSince: undefined, problems: [], erased: { unproved: 0, unexplained: 0 } };
  return judge({ records, proved: records - waiting, ...nothingElse }, server);
}
