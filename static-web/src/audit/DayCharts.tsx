import { makeStyles, Subtitle1, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { useId } from 'react';
import { ColumnChart } from '../chart/ColumnChart';
import { ColumnTable } from '../chart/ColumnTable';
import { formatDay } from '../format/time';
import { seriesNames, type Day, type SeriesName } from './days';
import { words } from './words';

const useStyles = makeStyles({
  box: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
    padding: tokens.spacingHorizontalL,
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusLarge,
    boxShadow: tokens.shadow2,
    outline: '1px solid transparent',
  },
  charts: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(15rem, 1fr))',
    gap: tokens.spacingHorizontalXL,
  },
  chart: { minWidth: 0, display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
});

/** A chart a series, since participants would dwarf denials in one; and the same as a table. */
export default function DayCharts({ days }: { readonly days: readonly Day[] }) {
  const styles = useStyles();
  const title = useId();
  return (
    <section className={styles.box} aria-labelledby={title}>
      <Subtitle1 as="h2" id={title}>
        {words.chartsTitle}
      </Subtitle1>
      {days.length === 0 ? (
        <Text>{words.chartsEmpty}</Text>
      ) : (
        <>
          <div className={styles.charts}>
            {seriesNames.map((name) => (
              <DayChart key={name} name={name} days={days} />
            ))}
          </div>
          <ColumnTable
            label={words.chartsTitle}
            heads={[words.day, ...seriesNames.map((name) => words.series[name])]}
            rows={days.map((day) => ({
              label: formatDay(day.start),
              values: seriesNames.map((name) => day[name]),
            }))}
          />
        </>
      )}
    </section>
  );
}

function DayChart({ name, days }: { readonly name: SeriesName; readonly days: readonly Day[] }) {
  const styles = useStyles();
  const label = words.series[name];
  const total = days.reduce((sum, day) => sum + day[name], 0);
  return (
    <div className={styles.chart}>
      <Subtitle2 as="h3">{label}</Subtitle2>
      <ColumnChart
        label={label}
        series={[{ name: label, tone: name === 'denials' ? 'bad' : 'usual' }]}
        columns={days.map((day) => ({
          label: formatDay(day.start),
          tick: formatDay(day.start),
          values: [day[name]],
        }))}
      />
      <Text size={200}>{words.chartOf(label, total, days.length)}</Text>
    </div>
  );
}
