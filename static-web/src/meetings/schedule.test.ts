import { describe, expect, it } from 'vitest';
import type { Meeting } from '../api/types';
import { arrange } from './schedule';

const now = new Date('2026-01-15T12:00:00Z');
const meeting = (topic: string, rest: Partial<Meeting>): Meeting => ({ id: 1, topic, type: 2, ...rest });

describe('the list of meetings', () => {
  it('puts each in its section, the nearest first', () => {
    const sections = arrange(
      [
        meeting('tomorrow', { start_time: '2026-01-16T12:00:00Z', duration: 30 }),
        meeting('just over', { start_time: '2026-01-15T11:00:00Z', duration: 59 }),
        meeting('long ago', { start_time: '2025-01-15T11:00:00Z', duration: 60 }),
        meeting('should be going', { start_time: '2026-01-15T11:00:00Z', duration: 61 }),
        meeting('overrunning', { start_time: '2026-01-15T09:00:00Z', duration: 30, status: 'started' }),
        meeting('ended early', { start_time: '2026-01-15T11:59:30Z', duration: 60, status: 'ended' }),
        meeting('instant', { type: 1, created_at: '2026-01-15T11:59:00Z' }),
      ],
      now,
    );
    expect(
      Object.fromEntries(Object.entries(sections).map(([name, list]) => [name, list.map((m) => m.topic)])),
    ).toEqual({
      now: ['overrunning'],
      upcoming: ['should be going', 'instant', 'tomorrow'],
      past: ['ended early', 'just over', 'long ago'],
    });
  });
});
