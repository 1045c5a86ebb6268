import { describe, expect, it } from 'vitest';
import type { AuditRecord } from '../api/types';
import { foldOperations } from './fold';

let sequence = 100;
/** The newest first, as the API answers them. */
const record = (name: string, rest: Partial<AuditRecord> = {}): AuditRecord => ({
  sequence: sequence--,
  id: name,
  occurredAt: '2026-01-01T00:00:00Z',
  recordedAt: '2026-01-01T00:00:00Z',
  organization: 'org_acme',
  actor: { type: 'user' },
  action: 'meeting.created',
  outcome: 'success',
  source: 'app',
  sentence: name,
  ...rest,
});
const shown = (records: readonly AuditRecord[]) =>
  foldOperations(records).map((deed) => [deed.record.id, ...deed.others.map((other) => other.id)]);

describe('records of one operation', () => {
  const operation = '0'.repeat(32);
  const intent = record('intent', { operation, outcome: 'intent' });
  const result = record('result', { operation });
  const failure = record('failure', { operation, outcome: 'failure' });
  const echo = record('echo', { operation, source: 'zoom' });
  const [before, after] = [record('before'), record('after')];

  it('are one line with the result, where the newest of them stands', () => {
    expect(shown([echo, after, result, before, intent])).toEqual([
      ['result', 'echo', 'intent'],
      ['after'],
      ['before'],
    ]);
  });

  it('are one line whichever of them are there', () => {
    expect(shown([echo, intent])).toEqual([['echo', 'intent']]);
    expect(shown([failure, intent])).toEqual([['failure', 'intent']]);
    expect(shown([intent])).toEqual([['intent']]);
  });

  it('are not mixed up with others, and no record is left out', () => {
    const other = record('other', { operation: '1'.repeat(32), outcome: 'intent' });
    expect(shown([echo, other, after, before])).toEqual([['echo'], ['other'], ['after'], ['before']]);
    expect(shown([])).toEqual([]);
  });
});
