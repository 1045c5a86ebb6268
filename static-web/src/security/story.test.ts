import { describe, expect, it } from 'vitest';
import type { AuditRecord } from '../api/types';
import { chaptersOf, signInOf } from './story';

let sequence = 1;
const record = (minute: number, action: string, rest: Partial<AuditRecord> = {}): AuditRecord => ({
  sequence: sequence++,
  id: '0'.repeat(32),
  occurredAt: new Date(Date.UTC(2026, 0, 15, 8, minute)).toISOString(),
  recordedAt: new Date(Date.UTC(2026, 0, 15, 8, minute)).toISOString(),
  organization: 'org_acme',
  actor: { type: 'user' },
  action,
  outcome: 'success',
  source: 'auth0',
  sentence: action,
  ...rest,
});
const told = (records: AuditRecord[]) =>
  chaptersOf(records).map(({ kind, steps }) => [kind, ...steps.map((step) => step.record.action)]);

describe('what somebody did', () => {
  it('is a chapter a session, from its attempts to the sign-out, whatever the order in which it is read', () => {
    const records = [
      record(0, 'signin.failed'),
      record(1, 'signin.succeeded', { source: 'okta' }),
      record(1, 'signin.succeeded'),
      record(2, 'signature.issued', { source: 'app' }),
      record(3, 'meeting.participant_joined', { source: 'zoom', meeting: '81234567890' }),
      record(37, 'meeting.participant_left', { source: 'zoom', meeting: '81234567890' }),
      record(40, 'signout'),
      record(50, 'signin.succeeded'),
    ];
    expect(told(records.toReversed())).toEqual([
      ['session', ...records.slice(0, 7).map(({ action }) => action)],
      ['session', 'signin.succeeded'],
    ]);
    expect(chaptersOf(records)[0]?.steps.at(-2)?.minutes).toBe(34);
  });

  it('is attempts where none led in, and what nobody signed in for stands apart', () => {
    expect(
      told([
        record(0, 'signin.failed'),
        record(1, 'account.locked'),
        record(200, 'signin.succeeded'),
        record(201, 'signout'),
        record(210, 'meeting.participant_joined', { source: 'zoom' }),
      ]),
    ).toEqual([
      ['attempts', 'signin.failed', 'account.locked'],
      ['session', 'signin.succeeded', 'signout'],
      ['other', 'meeting.participant_joined'],
    ]);
  });

  it('begins anew with each sign-in of one source, and after a long silence', () => {
    expect(told([record(0, 'signin.succeeded'), record(0, 'signin.succeeded')])).toHaveLength(2);
    expect(told([record(0, 'signin.succeeded'), record(13 * 60, 'signature.issued')])).toHaveLength(2);
  });

  it('says where it was, by which factor and on what', () => {
    const [chapter] = chaptersOf([
      record(0, 'signin.succeeded', { client: { ip: '203.0.113.7' } }),
      record(0, 'mfa.succeeded', { details: { factor: 'totp', origin: { device: 'Computer' } } }),
      record(1, 'signature.issued', { source: 'app', client: { ip: '198.51.100.1' } }),
    ]);
    expect(signInOf(chapter!)).toEqual({ ip: '203.0.113.7', factor: 'totp', device: 'Computer' });
  });
});
