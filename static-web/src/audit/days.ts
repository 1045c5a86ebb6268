import type { AuditRecord } from '../api/types';

export const seriesNames = ['meetings', 'participants', 'denials'] as const;
export type SeriesName = (typeof seriesNames)[number];

/** What happened on one day of the reader's calendar. */
export interface Day extends Readonly<Record<SeriesName, number>> {
  /** Its midnight. */
  readonly start: Date;
}

const actions: Readonly<Record<string, SeriesName>> = {
  'meeting.started': 'meetings',
  'meeting.participant_joined': 'participants',
};

/** Counts records by the day on which they happened. */
export class DayCounter {
  readonly #days = new Map<number, Record<SeriesName, number>>();

  add({ action, outcome, occurredAt }: Pick<AuditRecord, 'action' | 'outcome' | 'occurredAt'>): void {
    const name = outcome === 'denied' ? 'denials' : actions[action];
    const day = new Date(occurredAt).setHours(0, 0, 0, 0);
    if (!name || Number.isNaN(day)) return;
    const counts = this.#days.get(day) ?? { meetings: 0, participants: 0, denials: 0 };
    counts[name]++;
    this.#days.set(day, counts);
  }

  /** From the first day with anything to the last, none left out. */
  days(): Day[] {
    const days: Day[] = [];
    const [first, last] = [Math.min(...this.#days.keys()), Math.max(...this.#days.keys())];
    for (const start = new Date(first); start.getTime() <= last; start.setDate(start.getDate() + 1)) {
      const counts = this.#days.get(start.getTime()) ?? { meetings: 0, participants: 0, denials: 0 };
      days.push({ start: new Date(start), ...counts });
    }
    return days;
  }
}
