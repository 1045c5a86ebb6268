const hour = 60 * 60_000;

/** How far back from now. */
export const ranges = { hour, day: 24 * hour, week: 7 * 24 * hour, month: 30 * 24 * hour } as const;
export type RangeName = keyof typeof ranges;

export const isRange = (name: string | undefined): name is RangeName =>
  name !== undefined && Object.hasOwn(ranges, name);

export const rangeStart = (range: RangeName, now: Date): Date => new Date(now.getTime() - ranges[range]);
