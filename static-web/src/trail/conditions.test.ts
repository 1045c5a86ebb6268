import { describe, expect, it } from 'vitest';
import type { AuditRecord } from '../api/types';
import { meets, readConditions, writeConditions, type Condition } from './conditions';

const record: AuditRecord = {
  sequence: 7,
  id: '0'.repeat(32),
  occurredAt: '2026-01-01T00:00:00Z',
  recordedAt: '2026-01-01T00:00:01Z',
  organization: 'org_acme',
  actor: { type: 'user', email: 'bob@acme.example' },
  action: 'signin.failed',
  outcome: 'failure',
  reason: 'wrong_password',
  source: 'auth0',
  client: { ip: '2001:db8::1' },
  details: { factor: 'totp' },
  sentence: 'Bob failed to sign in',
};
const only = (key: string, value: string): Condition => ({ kind: 'only', key, value });
const not = (key: string, value: string): Condition => ({ kind: 'not', key, value });

describe('conditions that the browser looks at', () => {
  it('go through the address bar and back, colons in values and all', () => {
    const conditions = [only('client.ip', '2001:db8::1'), not('details.factor', 'sms: "1"')];
    expect(readConditions(writeConditions(new URLSearchParams('action=x'), conditions))).toEqual(conditions);
    expect(readConditions(new URLSearchParams('not=:x&not=nothing'))).toEqual([]);
  });

  it.each([
    [[only('reason', 'wrong_password')], true],
    [[only('reason', 'locked_out')], false],
    [[not('actor.email', 'bob@acme.example')], false],
    [[not('actor.email', 'carol@acme.example')], true],
    [[only('details.factor', 'totp'), not('source', 'okta')], true],
    [[only('details.factor', 'totp'), not('source', 'auth0')], false],
    [[not('details.nothing', 'x')], true],
  ])('%j', (conditions, met) => {
    expect(meets(record, conditions)).toBe(met);
  });
});
