import type { TrailProblem } from './problems';
import { words } from './words';

const { problems: said } = words;

/** A problem for a person. */
export function describe(problem: TrailProblem): string {
  switch (problem.code) {
    case 'unreadable':
      return problem.sequence === undefined
        ? said.unreadableBehind(problem.behind)
        : said.unreadable(problem.sequence);
    case 'misplaced':
    case 'twice':
    case 'erased_without_record':
      return said[problem.code](problem.sequence);
    case 'changed':
      return problem.to === undefined
        ? said.changed(problem.sequence)
        : said.changedTo(problem.sequence, problem.to);
    case 'time':
      return said.time(problem.sequence, problem.recordedAt);
    case 'missing':
      if (problem.sequence === undefined) return said.count(problem.records, problem.reported);
      if (problem.to !== undefined) return said.missing(problem.sequence, problem.to);
      return problem.since === undefined
        ? said.openEnd(problem.sequence, problem.until)
        : said.openBeginning(problem.sequence, problem.since);
    case 'bad_checkpoint':
      if (problem.sequence !== undefined) return said.otherCheckpoint(problem.sequence);
      return problem.signer === undefined
        ? said.notGenuine(problem.number)
        : said.notPinned(problem.number, problem.signer);
    case 'fork':
      if (problem.number !== undefined) return said.fork(problem.number);
      return problem.size === undefined
        ? said.otherTrail(problem.seenSize)
        : said.smaller(problem.size, problem.seenSize);
    case 'not_signed':
      return said.notSigned(problem.recordedAt);
  }
}
