import type { ServerVerdict } from '../api/types';
import { formatUtc } from '../format/time';
import type { ShieldState } from '../ui/Shield';
import { judgeByServer } from './judge';
import { words } from './words';

export interface Standing {
  readonly state: ShieldState;
  readonly text: string;
}

/** What the server's verification of a trail's end says of one record: of those in front of it only that they were signed. */
export function standingOf(sequence: number, verdict: ServerVerdict): Standing {
  const { valid, problems, coveredTo } = verdict;
  const own = problems.find((problem) => problem.sequence === sequence);
  if (own) return { state: 'wrong', text: words.shieldWrong(own.detail) };
  if (!valid) return { state: 'wrong', text: words.wrongElsewhere(problems[0]?.detail ?? '') };
  return coveredTo && sequence <= coveredTo.sequence
    ? { state: 'proved', text: words.signed(coveredTo.sequence, formatUtc(coveredTo.time)) }
    : { state: 'waiting', text: words.notSigned(coveredTo?.sequence ?? 0) };
}

/** What it says of the trail. */
export function trailStandingOf(verdict: ServerVerdict): Standing {
  const { problems, coveredTo } = verdict;
  const { state } = judgeByServer(verdict);
  if (state === 'wrong') return { state, text: words.shieldWrong(problems[0]?.detail ?? '') };
  return coveredTo && coveredTo.sequence > 0
    ? { state, text: words.shieldSigned(coveredTo.sequence, formatUtc(coveredTo.time)) }
    : { state: 'waiting', text: words.shieldWaiting };
}
