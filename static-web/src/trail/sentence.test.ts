import { expect, it } from 'vitest';
import type { AuditRecord } from '../api/types';
import { sentenceOf } from './sentence';

it.each([
  ['Bob signed in from 203.0.113.7 at 2026-01-15 12:00:00 UTC.', 'Bob signed in from 203.0.113.7.'],
  [
    'Bob joined, as Zoom tells at 7:00 AM EST (2026-01-15 12:00:00 UTC): meeting 812, "At 8 (sharp)".',
    'Bob joined, as Zoom tells: meeting 812, "At 8 (sharp)".',
  ],
  // Another time is no repetition.
  ['Bob signed in at 2026-01-15 11:59:59 UTC.', 'Bob signed in at 2026-01-15 11:59:59 UTC.'],
])('%s', (sentence, said) => {
  expect(sentenceOf({ sentence, occurredAt: '2026-01-15T12:00:00.123Z' } as AuditRecord)).toBe(said);
});
