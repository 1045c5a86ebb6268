import { describe, expect, it } from 'vitest';
import type { AuditLine } from '../api/types';
import { recordOf } from './recordOf';

const line: AuditLine = {
  v: 1,
  log: 'audit.example/0123456789abcdef',
  index: 11,
  id: '0'.repeat(32),
  occurredAt: '2026-01-15T12:00:00Z',
  recordedAt: '2026-01-15T12:00:01Z',
  organization: 'org_acme',
  actor: { type: 'user', person: 0, organizationName: 'Acme Corp' },
  action: 'meeting.updated',
  target: { type: 'meeting', id: '81234567890', name: { text: 2 } },
  meeting: { text: 3, at: 1 },
  outcome: 'success',
  source: 'zoom',
  requestId: 'r1',
  operation: 'f'.repeat(32),
  details: {
    participant: { person: 1, role: 'host' },
    hosts: [{ person: 4 }, { person: 5 }],
    topic: { text: 2 },
    duration: 30,
    nested: { why: { text: 5 } },
  },
  parts: [
    { person: 'bob@acme.example', issuer: 'i', subject: 's', name: 'Bob', ip: '203.0.113.7' },
    { person: '7', detail: { id: '7', user_name: 'Guest' } },
    { text: 'Planning' },
    { text: ['no', 'number'] },
    { person: 'carol@acme.example', detail: 'carol@acme.example' },
    null,
  ],
  salts: [],
  leaf: '',
  lengths: [],
  sentence: 'Bob changed a meeting.',
};

describe('a line of an export', () => {
  it('is a record with its people and texts in their places', () => {
    expect(recordOf(line)).toEqual({
      sequence: 12,
      id: '0'.repeat(32),
      occurredAt: '2026-01-15T12:00:00Z',
      recordedAt: '2026-01-15T12:00:01Z',
      organization: 'org_acme',
      actor: { type: 'user', issuer: 'i', subject: 's', name: 'Bob', organizationName: 'Acme Corp' },
      action: 'meeting.updated',
      target: { type: 'meeting', id: '81234567890', name: 'Planning' },
      meeting: 'number',
      outcome: 'success',
      source: 'zoom',
      operation: 'f'.repeat(32),
      client: { ip: '203.0.113.7', requestId: 'r1' },
      details: {
        participant: { id: '7', user_name: 'Guest', role: 'host' },
        hosts: ['carol@acme.example', null],
        topic: 'Planning',
        duration: 30,
        nested: { why: null },
      },
      sentence: 'Bob changed a meeting.',
    });
  });

  it('says of whom it is when that is erased', () => {
    const { actor } = recordOf({ ...line, parts: [null, ...line.parts.slice(1)] });
    expect(actor).toEqual({ type: 'user', organizationName: 'Acme Corp', erased: true });
  });

  it('is taken as it is where the API answers a record that nobody can read', () => {
    const record = recordOf(line);
    expect(recordOf(record)).toBe(record);
  });
});
