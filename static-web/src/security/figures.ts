import type { AuditSummary, SummaryBucket } from '../api/types';
import { sourceName } from '../trail/sources';
import { unitOf, type Span } from './period';
import { words } from './words';

export interface Count {
  readonly key: string;
  readonly count: number;
}

const sum = (buckets: readonly SummaryBucket[], value: (bucket: SummaryBucket) => number) =>
  buckets.reduce((total, bucket) => total + value(bucket), 0);

/** What tiles and sentences say of a period. Different people cannot be added up, so of them there is the bucket with the most. */
export function totalsOf({ buckets }: AuditSummary) {
  const succeeded = sum(buckets, ({ signIns }) => signIns.succeeded);
  const failed = sum(buckets, ({ signIns }) => signIns.failed);
  const busiest = buckets.reduce<SummaryBucket | undefined>(
    (most, one) => (one.people.active > (most?.people.active ?? 0) ? one : most),
    undefined,
  );
  const active = sum(buckets, ({ people }) => people.active);
  return {
    succeeded,
    failed,
    failureRate: succeeded + failed > 0 ? failed / (succeeded + failed) : undefined,
    busiest,
    withSecondFactor: active > 0 ? sum(buckets, ({ people }) => people.withSecondFactor) / active : undefined,
    lockouts: sum(buckets, ({ lockouts }) => lockouts),
    challenged: sum(buckets, ({ factors }) => factors.challenged),
    shown: sum(buckets, ({ factors }) => factors.succeeded),
    notShown: sum(buckets, ({ factors }) => factors.denied),
    lowered: sum(buckets, ({ signatures }) => signatures.lowered),
    denied: sum(buckets, ({ denied }) => denied.count),
  };
}

/** The part of a summary that lies in a span. */
export const within = (summary: AuditSummary, { from, to }: Span): AuditSummary => ({
  ...summary,
  from,
  to,
  buckets: summary.buckets.filter(
    ({ start }) => Date.parse(start) >= Date.parse(from) && Date.parse(start) < Date.parse(to),
  ),
});

/** The sources with names that differ: those of one type are numbered, in the order of the settings. */
export const sourcesOf = ({ sources }: AuditSummary) =>
  sources.map((source, index) => {
    const alike = (those: AuditSummary['sources']) => those.filter(({ type }) => type === source.type).length;
    const [name, of] = [sourceName(source.type), alike(sources)];
    return { ...source, name: of > 1 ? words.sourceOf(name, alike(sources.slice(0, index + 1)), of) : name };
  });

/** Counts under the same key together, the largest first. */
export function mergeCounts(
  buckets: readonly SummaryBucket[],
  counts: (bucket: SummaryBucket) => readonly Count[],
): Count[] {
  const merged = new Map<string, number>();
  for (const { key, count } of buckets.flatMap((bucket) => [...counts(bucket)]))
    merged.set(key, (merged.get(key) ?? 0) + count);
  return [...merged].map(([key, count]) => ({ key, count })).sort((one, other) => other.count - one.count);
}

export const reasonsOf = (buckets: readonly SummaryBucket[]) =>
  mergeCounts(buckets, ({ signIns }) =>
    signIns.failedBy.map(({ reason, count }) => ({ key: reason, count })),
  );

export const denialsOf = (buckets: readonly SummaryBucket[]) =>
  mergeCounts(buckets, ({ denied }) => denied.by.map(({ reason, count }) => ({ key: reason, count })));

export const factorsOf = (buckets: readonly SummaryBucket[]) =>
  mergeCounts(buckets, ({ factors }) => factors.used.map(({ factor, count }) => ({ key: factor, count })));

/** Lists of the most, of which each hour or day has ten: a sum is at least so many. */
const shown = 10;

export function peopleOf(buckets: readonly SummaryBucket[]) {
  const merged = new Map<string, SummaryBucket['top']['people'][number]>();
  for (const one of buckets.flatMap(({ top }) => top.people)) {
    const before = merged.get(one.person);
    merged.set(one.person, {
      ...before,
      ...one,
      failed: one.failed + (before?.failed ?? 0),
      succeeded: one.succeeded + (before?.succeeded ?? 0),
    });
  }
  return [...merged.values()].sort((one, other) => other.failed - one.failed).slice(0, shown);
}

export function addressesOf(buckets: readonly SummaryBucket[]) {
  const merged = new Map<string, SummaryBucket['top']['addresses'][number]>();
  for (const one of buckets.flatMap(({ top }) => top.addresses)) {
    const before = merged.get(one.ip);
    merged.set(one.ip, {
      ip: one.ip,
      failed: one.failed + (before?.failed ?? 0),
      people: Math.max(one.people, before?.people ?? 0),
    });
  }
  return [...merged.values()].sort((one, other) => other.failed - one.failed).slice(0, shown);
}

/** Every hour or day of a summary with its counts, if it has any: what is empty is left out of the answer, and not of a chart. */
export function timelineOf({ buckets, by, from, to }: AuditSummary): {
  readonly start: Date;
  readonly bucket: SummaryBucket | undefined;
}[] {
  const unit = unitOf(by);
  const found = new Map(buckets.map((bucket) => [Date.parse(bucket.start), bucket]));
  const timeline = [];
  for (let start = Date.parse(from); start < Date.parse(to); start += unit)
    timeline.push({ start: new Date(start), bucket: found.get(start) });
  return timeline;
}

/** For each value the mean of it and the six in front of it; none before there are seven. */
export function weekMeans(values: readonly number[]): (number | undefined)[] {
  return values.map((_value, index) =>
    index < 6
      ? undefined
      : Math.round((values.slice(index - 6, index + 1).reduce((total, one) => total + one, 0) / 7) * 10) / 10,
  );
}
