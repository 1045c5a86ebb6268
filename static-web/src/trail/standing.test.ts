import { describe, expect, it } from 'vitest';
import type { ServerVerdict } from '../api/types';
import { standingOf, trailStandingOf } from './standing';

const unsigned: ServerVerdict = {
  valid: true,
  records: 3,
  waiting: 0,
  forgotten: 0,
  problems: [],
};
const verdict = { ...unsigned, coveredTo: { sequence: 40, time: '2026-01-15T12:05:00Z' } };
const problem = { code: 'changed', sequence: 39, detail: 'Record 39 is changed.' } as const;

describe('what is known of a record', () => {
  it('is no more than what the server says was signed, and when', () => {
    expect(standingOf(12, verdict)).toEqual({
      state: 'proved',
      text: 'The server says: one of the 40 records that were signed by 2026-01-15 12:05:00 UTC',
    });
    expect(standingOf(41, verdict)).toMatchObject({
      state: 'waiting',
      text: expect.stringMatching(/^The server says: not signed yet, .* first 40 /) as string,
    });
    expect(standingOf(1, unsigned).state).toBe('waiting');
  });

  it('tells what is wrong with it from what is wrong with others', () => {
    const wrong = { ...verdict, valid: false, problems: [{ ...problem, sequence: 38 }, problem] };
    expect(standingOf(39, wrong)).toEqual({
      state: 'wrong',
      text: 'The server finds something wrong. Record 39 is changed.',
    });
    expect(standingOf(12, wrong).text).toContain('does not name this record');
  });

  it('says of a trail how far it was signed', () => {
    expect(trailStandingOf(verdict)).toMatchObject({
      state: 'proved',
      text: 'The server says: signed to record 40, at 2026-01-15 12:05:00 UTC',
    });
    expect(trailStandingOf({ ...verdict, waiting: 2 }).state).toBe('waiting');
    expect(trailStandingOf({ ...verdict, valid: false, problems: [problem] })).toEqual({
      state: 'wrong',
      text: 'The server finds something wrong. Record 39 is changed.',
    });
    for (const records of [0, 3]) expect(trailStandingOf({ ...unsigned, records }).state).toBe('waiting');
  });
});
