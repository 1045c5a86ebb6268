import { expect, it } from 'vitest';
import type { Api } from '../api/client';
import type { AuditLine, AuditRecord } from '../api/types';
import { readRecord } from './readRecord';

const line: AuditLine = {
  v: 1,
  log: 'audit.example/0123456789abcdef',
  index: 11,
  id: '0'.repeat(32),
  occurredAt: '2026-01-15T12:00:00Z',
  recordedAt: '2026-01-15T12:00:01Z',
  organization: 'org_acme',
  actor: { type: 'user', person: 0 },
  action: 'signin.failed',
  outcome: 'failure',
  source: 'okta',
  parts: [null],
  salts: [],
  leaf: '',
  lengths: [],
  sentence: 'Somebody failed to sign in',
};

it('says on whose authority parts of a record are erased, and asks only where some are', async () => {
  const asked: object[] = [];
  const api = (parts: AuditLine['parts']): Pick<Api, 'readRecord' | 'listAudit'> => ({
    readRecord: () => Promise.resolve({ ...line, parts }),
    listAudit: (query) => {
      asked.push(query);
      const at = (sequence: number) => ({ sequence, erasedBy: [sequence + 20] }) as AuditRecord;
      return Promise.resolve(query['cursor'] ? { records: [at(12)] } : { records: [at(13)], cursor: 'next' });
    },
  });
  const { signal } = new AbortController();
  const erased = await readRecord(api([null]), '12', 'org_acme', signal);
  expect(erased).toMatchObject({ sequence: 12, erasedBy: [32] });
  expect(asked[0]).toMatchObject({ from: '2026-01-15T12:00:01Z', to: '2026-01-15T12:00:02.000Z' });

  asked.length = 0;
  expect(await readRecord(api([]), '12', 'org_acme', signal)).not.toHaveProperty('erasedBy');
  expect(asked).toEqual([]);
});
