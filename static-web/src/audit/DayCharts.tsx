import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  makeStyles,
  Subtitle1,
  Subtitle2,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  Text,
  tokens,
} from '@fluentui/react-components';
import { BarController, BarElement, CategoryScale, Chart, LinearScale, Tooltip } from 'chart.js';
import { useEffect, useId, useRef } from 'react';
import { useTheme } from '../ui/useTheme';
import { formatDay } from '../format/time';
import { seriesNames, type Day, type SeriesName } from './days';
import { words } from './words';

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip);

const useStyles = makeStyles({
  box: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
    padding: tokens.spacingHorizontalL,
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusLarge,
    boxShadow: tokens.shadow2,
  },
  charts: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(15rem, 1fr))',
    gap: tokens.spacingHorizontalXL,
  },
  chart: { minWidth: 0, display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  canvas: { position: 'relative', height: '11rem' },
  table: { overflowX: 'auto' },
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
          <Accordion collapsible>
            <AccordionItem value="table">
              <AccordionHeader as="h3">{words.chartsTable}</AccordionHeader>
              <AccordionPanel className={styles.table}>
                <DayTable days={days} />
              </AccordionPanel>
            </AccordionItem>
          </Accordion>
        </>
      )}
    </section>
  );
}

function DayChart({ name, days }: { readonly name: SeriesName; readonly days: readonly Day[] }) {
  const styles = useStyles();
  const theme = useTheme();
  const canvas = useRef<HTMLCanvasElement>(null);
  const label = words.series[name];

  useEffect(() => {
    if (!canvas.current) return;
    const ticks = { color: theme.colorNeutralForeground3, font: { family: theme.fontFamilyBase } };
    const chart = new Chart(canvas.current, {
      type: 'bar',
      data: {
        labels: days.map(({ start }) => formatDay(start)),
        datasets: [
          {
            label,
            data: days.map((day) => day[name]),
            backgroundColor:
              name === 'denials' ? theme.colorStatusDangerForeground1 : theme.colorBrandForeground1,
            borderRadius: 2,
            maxBarThickness: 32,
          },
        ],
      },
      options: {
        animation: false,
        maintainAspectRatio: false,
        scales: {
          x: { grid: { display: false }, ticks: { ...ticks, maxRotation: 0, autoSkipPadding: 12 } },
          y: {
            beginAtZero: true,
            grid: { color: theme.colorNeutralStroke2 },
            ticks: { ...ticks, precision: 0, maxTicksLimit: 5 },
          },
        },
      },
    });
    return () => chart.destroy();
  }, [days, label, name, theme]);

  const total = days.reduce((sum, day) => sum + day[name], 0);
  return (
    <div className={styles.chart}>
      <Subtitle2 as="h3">{label}</Subtitle2>
      <div className={styles.canvas} role="img" aria-label={words.chartOf(label, total, days.length)}>
        <canvas ref={canvas} />
      </div>
    </div>
  );
}

function DayTable({ days }: { readonly days: readonly Day[] }) {
  return (
    <Table size="small" aria-label={words.chartsTitle}>
      <TableHeader>
        <TableRow>
          <TableHeaderCell>{words.day}</TableHeaderCell>
          {seriesNames.map((name) => (
            <TableHeaderCell key={name}>{words.series[name]}</TableHeaderCell>
          ))}
        </TableRow>
      </TableHeader>
      <TableBody>
        {days.map((day) => (
          <TableRow key={day.start.getTime()}>
            <TableCell>{formatDay(day.start)}</TableCell>
            {seriesNames.map((name) => (
              <TableCell key={name}>{day[name]}</TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
