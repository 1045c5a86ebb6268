import { describe, expect, it } from 'vitest';
import type { AuditSummary, SummaryBucket } from '../api/types';
import {
  addressesOf,
  peopleOf,
  reasonsOf,
  sourcesOf,
  timelineOf,
  totalsOf,
  weekMeans,
  within,
} from './figures';
import { periodOf } from './period';

function bucket(start: string, more: Partial<SummaryBucket> = {}): SummaryBucket {
  return {
    start,
    signIns: { succeeded: 0, failed: 0, failedBy: [] },
    people: { active: 0, atLeast: false, withSecondFactor: 0 },
    lockouts: 0,
    signOuts: 0,
    factors: { challenged: 0, succeeded: 0, denied: 0, used: [] },
    signatures: { host: 0, participant: 0, lowered: 0 },
    denied: { count: 0, by: [] },
    meetings: { created: 0, started: 0, ended: 0 },
    participants: { joined: 0, left: 0 },
    top: { people: [], addresses: [] },
    ...more,
  };
}

const summary = (buckets: SummaryBucket[]): AuditSummary => ({
  asOf: {},
  by: 'hour',
  from: '2026-01-15T10:00:00Z',
  to: '2026-01-15T13:00:00Z',
  buckets,
  locked: [],
  attention: [],
  sources: [],
});

const [ten, twelve] = ['2026-01-15T10:00:00Z', '2026-01-15T12:00:00Z'] as const;

describe('figures of a period', () => {
  const buckets = [
    bucket(ten, {
      signIns: { succeeded: 3, failed: 1, failedBy: [{ reason: 'wrong_password', count: 1 }] },
      people: { active: 4, atLeast: false, withSecondFactor: 1 },
      top: {
        people: [{ person: 'bob@acme.example', name: 'Bob Brown', failed: 1, succeeded: 0 }],
        addresses: [{ ip: '203.0.113.7', failed: 1, people: 1 }],
      },
    }),
    bucket(twelve, {
      signIns: {
        succeeded: 0,
        failed: 6,
        failedBy: [
          { reason: 'locked_out', count: 2 },
          { reason: 'wrong_password', count: 4 },
        ],
      },
      people: { active: 2, atLeast: false, withSecondFactor: 2 },
      top: {
        people: [
          { person: 'dave@globex.example', failed: 4, succeeded: 1 },
          { person: 'bob@acme.example', failed: 2, succeeded: 0 },
        ],
        addresses: [{ ip: '203.0.113.7', failed: 6, people: 2 }],
      },
    }),
  ];

  it('add up, but for different people, of whom there is the bucket with the most', () => {
    const totals = totalsOf(summary(buckets));
    expect(totals).toMatchObject({ succeeded: 3, failed: 7, failureRate: 0.7, withSecondFactor: 0.5 });
    expect(totals.busiest?.start).toBe(ten);
  });

  it('have no rates where there is nothing', () => {
    expect(totalsOf(summary([]))).toMatchObject({ failureRate: undefined, withSecondFactor: undefined });
  });

  it('put the most first, whichever hours they are from', () => {
    expect(reasonsOf(buckets)).toEqual([
      { key: 'wrong_password', count: 5 },
      { key: 'locked_out', count: 2 },
    ]);
    expect(peopleOf(buckets)).toEqual([
      { person: 'dave@globex.example', failed: 4, succeeded: 1 },
      { person: 'bob@acme.example', name: 'Bob Brown', failed: 3, succeeded: 0 },
    ]);
    expect(addressesOf(buckets)).toEqual([{ ip: '203.0.113.7', failed: 7, people: 2 }]);
  });

  it('leave no hour out', () => {
    expect(timelineOf(summary(buckets)).map(({ bucket: found }) => found?.signIns.failed)).toEqual([
      1,
      undefined,
      6,
    ]);
  });

  it('leave out what is not compared', () => {
    const span = { from: '2026-01-15T10:00:00Z', to: '2026-01-15T12:00:00Z' };
    expect(totalsOf(within(summary(buckets), span))).toMatchObject({ succeeded: 3, failed: 1 });
  });

  it('tell two sources of one type apart', () => {
    const sources = (['okta', 'auth0', 'okta'] as const).map((type) => ({ type, silent: false }));
    expect(sourcesOf({ ...summary([]), sources }).map(({ name }) => name)).toEqual([
      'Okta (1 of 2)',
      'Auth0',
      'Okta (2 of 2)',
    ]);
  });

  it('have a line of the week from the seventh day on', () => {
    expect(weekMeans([1, 2, 3, 4, 5, 6, 7, 14])).toEqual([
      ...Array.from({ length: 6 }, () => undefined),
      4,
      5.9,
    ]);
  });
});

describe('a period', () => {
  const now = new Date('2026-01-15T12:20:00Z');

  it('is of whole hours, and is compared without the one that is not over', () => {
    expect(periodOf({ range: 'hour' }, now)).toEqual({
      by: 'hour',
      from: '2026-01-15T11:00:00.000Z',
      to: '2026-01-15T13:00:00.000Z',
      compared: {
        now: { from: '2026-01-15T11:00:00.000Z', to: '2026-01-15T12:00:00.000Z' },
        before: { from: '2026-01-15T10:00:00.000Z', to: '2026-01-15T11:00:00.000Z' },
        isWhole: false,
      },
    });
  });

  it('that is over is compared as a whole, and one that began just now is not', () => {
    const past = { from: '2026-01-15T08:00:00Z', to: '2026-01-15T10:00:00Z' };
    expect(periodOf(past, now).compared).toMatchObject({
      before: { from: '2026-01-15T06:00:00.000Z', to: '2026-01-15T08:00:00.000Z' },
      isWhole: true,
    });
    expect(periodOf({ from: '2026-01-15T12:05:00Z' }, now)).not.toHaveProperty('compared');
  });

  it('is of whole days where it is long', () => {
    expect(periodOf({ range: 'week' }, now)).toMatchObject({
      by: 'day',
      from: '2026-01-08T00:00:00.000Z',
      to: '2026-01-16T00:00:00.000Z',
    });
  });

  it('is a day where the address says nothing', () => {
    expect(periodOf({}, now)).toEqual(periodOf({ range: 'day' }, now));
  });

  it('passes on times that are none, for the API to say so', () => {
    expect(periodOf({ from: 'yesterday' }, now)).toEqual({ by: 'hour', from: 'yesterday', to: '' });
    const backwards = { from: '2026-01-15T12:00:00Z', to: '2026-01-15T11:00:00Z' };
    expect(periodOf(backwards, now)).toEqual({ by: 'hour', ...backwards });
  });
});
