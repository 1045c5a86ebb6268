import { describe, expect, it } from 'vitest';
import { DayCounter } from './days';

const at = (day: number, hour: number) => new Date(2026, 0, day, hour).toISOString();

describe('the days of a range', () => {
  it('count what happened, by the reader’s calendar, and leave no day out', () => {
    const counter = new DayCounter();
    counter.add({ action: 'meeting.started', outcome: 'success', occurredAt: at(3, 23) });
    counter.add({ action: 'meeting.participant_joined', outcome: 'success', occurredAt: at(1, 0) });
    counter.add({ action: 'meeting.participant_joined', outcome: 'success', occurredAt: at(1, 23) });
    counter.add({ action: 'meeting.started', outcome: 'denied', occurredAt: at(1, 9) });
    counter.add({ action: 'audit.exported', outcome: 'success', occurredAt: at(9, 9) });
    expect(counter.days()).toEqual([
      { start: new Date(2026, 0, 1), meetings: 0, participants: 2, denials: 1 },
      { start: new Date(2026, 0, 2), meetings: 0, participants: 0, denials: 0 },
      { start: new Date(2026, 0, 3), meetings: 1, participants: 0, denials: 0 },
    ]);
  });

  it('are none when nothing happened', () => {
    expect(new DayCounter().days()).toEqual([]);
  });
});
