import { expect, it } from 'vitest';
import type { AuditRecord } from '../api/types';
import { meets, readConditions } from '../trail/conditions';
import { countedPath } from './countedPath';

const span = { from: '2026-01-15T10:00:00.000Z', to: '2026-01-15T11:00:00.000Z' };

it.each([
  ['at once', '10:30', '15T10:30', true],
  ['two days late', '10:00', '17T10:00', true],
  ['later than a summary waits', '10:00', '17T10:01', false],
  ['in the next hour of what happened in this one', '10:59', '15T11:01', true],
  ['in this hour of what happened in the one before', '09:59', '15T10:01', false],
  ['with a clock that goes ahead', '11:30', '15T10:30', true],
])('leads to what was counted: recorded %s', (_when, occurred, recorded, isCounted) => {
  const search = new URLSearchParams(countedPath({ range: 'day', zone: 'UTC' }, span).split('?')[1]);
  const record = {
    actor: {},
    occurredAt: `2026-01-15T${occurred}:00Z`,
    recordedAt: `2026-01-${recorded}:00Z`,
  } as AuditRecord;
  expect(search.get('range')).toBeNull();
  const asked =
    record.recordedAt >= search.get('from')!.replace('.000', '') &&
    Date.parse(record.recordedAt) <= Date.parse(search.get('to')!);
  expect(asked && meets(record, readConditions(search))).toBe(isCounted);
});
