import type { AuditSummary } from '../api/types';
import { ColumnChart } from '../chart/ColumnChart';
import { ColumnTable } from '../chart/ColumnTable';
import { formatDate, formatDay } from '../format/time';
import { timelineOf, weekMeans } from './figures';
import { Section } from './Section';
import { words } from './words';

/** Different people on each of the last days, with the mean of the week that ends with it. */
export function ActivePeople({ days }: { readonly days: AuditSummary }) {
  const timeline = timelineOf(days);
  const active = timeline.map(({ bucket }) => bucket?.people.active ?? 0);
  const means = weekMeans(active);
  const columns = timeline.map(({ start }, index) => ({
    label: formatDate(start, 'UTC'),
    tick: formatDay(start, undefined, 'UTC'),
    values: [active[index] ?? 0],
    ...(means[index] === undefined ? {} : { line: means[index] }),
  }));
  const most = Math.max(0, ...active);
  const when = timeline[active.indexOf(most)]?.start;
  return (
    <Section
      title={words.activeTitle}
      said={most > 0 && when ? words.activeSaid(most, formatDate(when, 'UTC')) : words.noneYet}
    >
      <ColumnChart
        label={words.activeTitle}
        series={[{ name: words.active, tone: 'usual' }]}
        columns={columns}
        lineName={words.week}
      />
      <ColumnTable
        label={words.activeTitle}
        heads={[words.day, words.active]}
        rows={columns.map(({ label, values }) => ({ label, values }))}
      />
    </Section>
  );
}
