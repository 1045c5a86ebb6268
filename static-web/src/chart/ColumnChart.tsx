import { Button, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { symbol, symbolDiamond, symbolTriangle } from 'd3-shape';
import { useId, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { formatCount } from '../format/count';
import { height, labelWidth, layOut, margin } from './layout';
import { Legend } from './Legend';
import type { Column, MarkKind, Series } from './types';
import { useChartStyles } from './useChartStyles';
import { useWidth } from './useWidth';
import { words } from './words';

const useStyles = makeStyles({
  chart: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS, minWidth: 0 },
  plot: {
    height: `${height}px`,
    borderRadius: tokens.borderRadiusMedium,
    ':focus-visible': {
      outlineWidth: '2px',
      outlineStyle: 'solid',
      outlineColor: tokens.colorStrokeFocus2,
      outlineOffset: '2px',
    },
  },
  choosable: { cursor: 'pointer' },
  // As high as its text, before there is any.
  said: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalM,
    minHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
  },
});

const shapes = { triangle: symbolTriangle, diamond: symbolDiamond } as const;

/**
 * Columns of stacked values. Whoever looks points at a column; with the keyboard, and for screen readers, it is a slider along the
 * columns, which says the one that it stands on.
 */
export function ColumnChart(props: {
  readonly label: string;
  readonly series: readonly Series[];
  readonly columns: readonly Column[];
  readonly marks?: readonly MarkKind[];
  readonly lineName?: string;
  /** Called with the index of a column that is clicked, or stood on when Enter is pressed; a touch shows the column first. */
  readonly onChoose?: (column: number) => void;
}) {
  const styles = useStyles();
  const look = useChartStyles();
  const { label, series, columns, marks = [], lineName, onChoose } = props;
  const [plot, setPlot] = useState<HTMLDivElement | null>(null);
  const width = useWidth(plot);
  const [at, setAt] = useState<number>();
  const [isTouched, setTouched] = useState(false);
  const hint = useId();
  const layout = layOut(columns, width);
  const place = Math.min(at ?? columns.length - 1, columns.length - 1);
  const said = (column: Column) =>
    words.column(column.label, [
      ...series.map(({ name }, index) => words.value(name, column.values[index] ?? 0)),
      ...marks.flatMap(({ name }, index) =>
        column.marks?.[index] ? [words.value(name, column.marks[index])] : [],
      ),
      ...(lineName && column.line !== undefined ? [words.value(lineName, column.line)] : []),
    ]);

  const move = (event: KeyboardEvent) => {
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: place - 1,
      ArrowDown: place - 1,
      ArrowRight: place + 1,
      ArrowUp: place + 1,
      Home: 0,
      End: columns.length - 1,
    };
    const next = steps[event.key];
    if (event.key === 'Enter') onChoose?.(place);
    else if (next === undefined) return;
    else setAt(Math.min(columns.length - 1, Math.max(0, next)));
    event.preventDefault();
  };

  // What a touch shows stays, and with it the button that leads on.
  const leave = () => {
    if (!isTouched) setAt(undefined);
  };
  const pointOut = ({ pointerType }: PointerEvent) => {
    if (pointerType === 'mouse') setAt(undefined);
  };
  const column = at === undefined ? undefined : columns[at];

  return (
    <div className={styles.chart}>
      <div
        ref={setPlot}
        className={mergeClasses(styles.plot, onChoose && styles.choosable)}
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-describedby={hint}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, columns.length - 1)}
        aria-valuenow={Math.max(0, place)}
        aria-valuetext={columns[place] ? said(columns[place]) : ''}
        onKeyDown={move}
        onFocus={() => setAt(place)}
        onBlur={leave}
        onPointerDown={({ pointerType }) => setTouched(pointerType === 'touch')}
        onPointerLeave={pointOut}
      >
        <svg width={width} height={height} aria-hidden="true">
          {layout.gridLines.map(({ y, value }) => (
            <g key={value}>
              <line className={look.grid} x1={margin.left} x2={width} y1={y} y2={y} />
              <text className={look.tick} x={margin.left - 6} y={y + 4} textAnchor="end">
                {formatCount(value)}
              </text>
            </g>
          ))}
          {layout.places.map((one, index) => (
            <rect
              key={index}
              className={index === at ? look.chosen : undefined}
              fill="transparent"
              x={one.x}
              y={0}
              width={one.width}
              height={height - margin.bottom}
              onPointerEnter={() => setAt(index)}
              onClick={() => (isTouched ? setAt(index) : onChoose?.(index))}
            />
          ))}
          <g pointerEvents="none">
            {layout.bars.map(({ column, series: layer, ...bar }) => (
              <rect key={`${column} ${layer}`} className={look[series[layer]?.tone ?? 'usual']} {...bar} />
            ))}
            {layout.line && <path className={look.line} d={layout.line} />}
            {columns.flatMap((column, index) =>
              marks.map((mark, kind) => {
                const where = layout.places[index];
                return column.marks?.[kind] && where ? (
                  <path
                    key={`${index} ${kind}`}
                    className={look.mark}
                    d={symbol(shapes[mark.shape], 60)() ?? ''}
                    transform={`translate(${where.middle + (kind - (marks.length - 1) / 2) * 10}, ${where.top - 8})`}
                  />
                ) : null;
              }),
            )}
            {layout.labels.map(({ x, text }) => (
              <text
                key={x}
                className={look.tick}
                x={x}
                y={height - 6}
                textAnchor={x + labelWidth / 2 > width ? 'end' : 'middle'}
              >
                {text}
              </text>
            ))}
          </g>
        </svg>
      </div>
      <div className={styles.said}>
        {/* The slider says both by itself. */}
        <Text size={200} aria-hidden="true">
          {column ? said(column) : onChoose ? words.hintChoose : words.hint}
        </Text>
        {isTouched && onChoose && at !== undefined && column && (
          <Button size="small" onClick={() => onChoose(at)}>
            {words.choose(column.label)}
          </Button>
        )}
      </div>
      <span id={hint} hidden>
        {onChoose ? words.hintChoose : words.hint}
      </span>
      {(series.length > 1 || marks.length > 0 || lineName) && (
        <Legend series={series} marks={marks} lineName={lineName} />
      )}
    </div>
  );
}
