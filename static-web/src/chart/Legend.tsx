import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { symbol, symbolDiamond, symbolTriangle } from 'd3-shape';
import { useListStyles } from '../ui/useListStyles';
import type { MarkKind, Series } from './types';
import { useChartStyles } from './useChartStyles';

const useStyles = makeStyles({
  entry: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
});

const size = 12;
const shapes = { triangle: symbolTriangle, diamond: symbolDiamond } as const;

/** What the colours, marks and the line of a chart are. */
export function Legend(props: {
  readonly series: readonly Series[];
  readonly marks: readonly MarkKind[];
  readonly lineName: string | undefined;
}) {
  const styles = useStyles();
  const lists = useListStyles();
  const look = useChartStyles();
  const entries = [
    ...props.series.map(({ name, tone }) => ({
      name,
      drawn: <rect className={look[tone]} x={1} y={1} width={size - 2} height={size - 2} />,
    })),
    ...props.marks.map(({ name, shape }) => ({
      name,
      drawn: (
        <path
          className={look.mark}
          d={symbol(shapes[shape], 60)() ?? ''}
          transform={`translate(${size / 2}, ${size / 2})`}
        />
      ),
    })),
    ...(props.lineName
      ? [{ name: props.lineName, drawn: <path className={look.line} d={`M0,${size / 2}H${size}`} /> }]
      : []),
  ];
  return (
    <ul className={lists.tags}>
      {entries.map(({ name, drawn }) => (
        <li key={name} className={styles.entry}>
          <svg width={size} height={size} aria-hidden="true">
            {drawn}
          </svg>
          <Text size={200}>{name}</Text>
        </li>
      ))}
    </ul>
  );
}
