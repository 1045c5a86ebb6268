import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import type { AuditSummary } from '../api/types';
import { ColumnChart } from '../chart/ColumnChart';
import { ColumnTable } from '../chart/ColumnTable';
import { formatDate, formatDay, formatTime, isTimeZone, ownTimeZone } from '../format/time';
import type { View } from '../trail/filters';
import { countedPath } from './countedPath';
import { timelineOf, totalsOf } from './figures';
import { unitOf } from './period';
import { Section } from './Section';
import { words } from './words';

const marks = [
  { name: words.lockouts, shape: 'triangle' },
  { name: words.factorsDenied, shape: 'diamond' },
] as const;

/** Successes and failures hour by hour, or day by day; a column leads to its records. */
export function SignInChart({ summary, view }: { readonly summary: AuditSummary; readonly view: View }) {
  const navigate = useNavigate();
  const zone = view.zone && isTimeZone(view.zone) ? view.zone : ownTimeZone;
  const timeline = useMemo(() => timelineOf(summary), [summary]);
  const columns = timeline.map(({ start, bucket }) => ({
    // Days are UTC's, whatever the reader's clock.
    label:
      summary.by === 'hour'
        ? `${formatDate(start, zone)}, ${formatTime(start, undefined, zone)}`
        : formatDate(start, 'UTC'),
    tick: summary.by === 'hour' ? formatTime(start, undefined, zone) : formatDay(start, undefined, 'UTC'),
    values: [bucket?.signIns.succeeded ?? 0, bucket?.signIns.failed ?? 0],
    marks: [bucket?.lockouts ?? 0, bucket?.factors.denied ?? 0],
  }));
  const totals = totalsOf(summary);
  const open = (column: number) => {
    const start = timeline[column]?.start;
    if (!start) return;
    const end = new Date(start.getTime() + unitOf(summary.by));
    void navigate(countedPath(view, { from: start.toISOString(), to: end.toISOString() }));
  };
  return (
    <Section
      title={words.signInsTitle}
      said={words.signInsSaid(totals.succeeded, totals.failed, totals.lockouts)}
    >
      <ColumnChart
        label={words.signInsTitle}
        series={[
          { name: words.succeeded, tone: 'usual' },
          { name: words.failed, tone: 'bad' },
        ]}
        marks={marks}
        columns={columns}
        onChoose={open}
      />
      <ColumnTable
        label={words.signInsTitle}
        heads={[
          summary.by === 'hour' ? words.hour : words.day,
          words.succeeded,
          words.failed,
          words.lockouts,
          words.factorsDenied,
        ]}
        rows={columns.map((column) => ({
          label: column.label,
          values: [...column.values, ...column.marks],
        }))}
      />
    </Section>
  );
}
