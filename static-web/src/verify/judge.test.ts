import { describe, expect, it } from 'vitest';
import { judge } from '../trail/judge';
import type { TrailProblem } from './problems';
import type { Verdict } from './TrailVerifier';

const now = 1_000_000;
const noErasures = { parts: 0, records: 0, by: [], unproved: 0, unexplained: 0 };
const verdictOf = (some: Partial<Verdict>): Verdict => ({
  records: 10,
  firstRecordedAt: undefined,
  lastRecordedAt: undefined,
  waitingSince: undefined,
  proved: 10,
  coveredTo: undefined,
  seenBy: new Map(),
  erased: noErasures,
  problems: [],
  ...some,
});
const server = (valid: boolean) => ({ valid, records: 10, waiting: 0, forgotten: 0, problems: [] });
const changed: TrailProblem = { code: 'changed', sequence: 3 };
const notSigned: TrailProblem = { code: 'not_signed', recordedAt: '2026-01-01T00:00:00Z' };

describe('a verification comes to', () => {
  it.each([
    ['green, when all of it is proved', {}, server(true), { state: 'proved', proved: 10 }],
    ['green, though the server did not answer', {}, undefined, { state: 'proved', proved: 10 }],
    [
      'amber, while records wait',
      { proved: 8, waitingSince: now - 60 },
      server(true),
      { state: 'waiting', proved: 8 },
    ],
    [
      'amber, while nothing is signed yet',
      { proved: 0, waitingSince: now - 60 },
      server(true),
      { state: 'waiting', proved: 0 },
    ],
    [
      'green, when what is erased was to be',
      { erased: { ...noErasures, parts: 2, records: 2, by: [9] } },
      server(true),
      { state: 'proved', proved: 10 },
    ],
    [
      'amber, while the authority of what is erased is not signed',
      { erased: { ...noErasures, parts: 2, records: 2, by: [9], unproved: 2 } },
      server(true),
      { state: 'waiting', proved: 10 },
    ],
    [
      'amber, where the authority of what is erased may be elsewhere',
      { erased: { ...noErasures, unexplained: 1 } },
      server(true),
      { state: 'waiting', proved: 10 },
    ],
    [
      'green, when what was let go was to be',
      { cut: { last: 512, by: 900, isProved: true } },
      server(true),
      { state: 'proved', proved: 10 },
    ],
    [
      'amber, while what says that records were let go is not signed, or elsewhere',
      { cut: { last: 512, by: null, isProved: false } },
      server(true),
      { state: 'waiting', proved: 10 },
    ],
    [
      'red, when records have waited too long',
      { proved: 8, waitingSince: now - 601 },
      server(true),
      { state: 'wrong', proved: 8, reason: 'not_signed' },
    ],
    [
      'red, when the newest signature lags',
      { proved: 8, problems: [notSigned] },
      server(true),
      { state: 'wrong', proved: 8, reason: 'not_signed' },
    ],
    ['red, when a record is wrong', { problems: [changed] }, server(true), { state: 'wrong', proved: 10 }],
    ['red, when the server disagrees', {}, server(false), { state: 'wrong', proved: 10, reason: 'server' }],
    [
      'red by its own finding, whatever the server says',
      { problems: [changed, notSigned] },
      server(false),
      { state: 'wrong', proved: 10 },
    ],
  ] as const)('%s', (_, some, of, expected) => {
    expect(judge(verdictOf(some), of, now)).toEqual(expected);
  });

  it('amber for an old file, of which nobody knows what was signed since', () => {
    expect(judge(verdictOf({ proved: 8, waitingSince: 1 }))).toEqual({ state: 'waiting', proved: 8 });
  });
});
