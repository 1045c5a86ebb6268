import { makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { formatCount } from '../format/count';
import type { Tone } from './types';
import { useChartStyles } from './useChartStyles';

const useStyles = makeStyles({
  table: {
    width: '100%',
    borderCollapse: 'collapse',
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    '& th': { fontWeight: tokens.fontWeightRegular, textAlign: 'start' },
    '& thead th': { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
    '& :is(th, td)': {
      padding: `${tokens.spacingVerticalXS} 0`,
      borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
      verticalAlign: 'top',
    },
    '& :is(th, td) + :is(th, td)': {
      paddingInlineStart: tokens.spacingHorizontalM,
      textAlign: 'end',
      fontVariantNumeric: 'tabular-nums',
    },
  },
  name: { width: '100%', overflowWrap: 'anywhere' },
  bar: { display: 'block', width: '100%' },
});

export interface Rank {
  readonly key: string;
  readonly name: ReactNode;
  /** The first is drawn as a bar. */
  readonly values: readonly number[];
}

const barHeight = 6;

/** A table whose first number is a bar as well: chart and table in one. */
export function RankTable(props: {
  readonly label: string;
  /** Of the name, then of each value. */
  readonly heads: readonly string[];
  readonly ranks: readonly Rank[];
  readonly tone: Tone;
}) {
  const styles = useStyles();
  const look = useChartStyles();
  const { label, heads, ranks, tone } = props;
  const most = Math.max(1, ...ranks.map(({ values }) => values[0] ?? 0));
  return (
    <table className={styles.table} aria-label={label}>
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {ranks.map(({ key, name, values }) => (
          <tr key={key}>
            <th scope="row" className={styles.name}>
              {name}
              <svg className={styles.bar} height={barHeight} aria-hidden="true">
                <rect
                  className={look[tone]}
                  width={`${((values[0] ?? 0) / most) * 100}%`}
                  height={barHeight}
                />
              </svg>
            </th>
            {values.map((value, index) => (
              <td key={heads[index + 1]}>{formatCount(value)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
