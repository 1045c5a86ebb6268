import { scaleBand, scaleLinear } from 'd3-scale';
import { line, stack } from 'd3-shape';
import type { Column } from './types';

export const height = 176;
export const margin = { top: 18, right: 4, bottom: 22, left: 34 };
const widestBar = 32;
const ticks = 4;
/** Room for a label under the axis. */
export const labelWidth = 64;

export interface Layout {
  readonly bars: readonly {
    readonly column: number;
    readonly series: number;
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }[];
  /** The ground of each column. */
  readonly places: readonly {
    readonly x: number;
    readonly width: number;
    readonly middle: number;
    readonly top: number;
  }[];
  readonly gridLines: readonly { readonly y: number; readonly value: number }[];
  readonly labels: readonly { readonly x: number; readonly text: string }[];
  readonly line: string | null;
}

/** Where everything of a chart of stacked columns stands, in pixels. */
export function layOut(columns: readonly Column[], width: number): Layout {
  const total = ({ values }: Column) => values.reduce((sum, value) => sum + value, 0);
  const highest = Math.max(1, ...columns.map((column) => Math.max(total(column), column.line ?? 0)));
  const x = scaleBand<number>()
    .domain(columns.keys())
    .range([margin.left, Math.max(margin.left + 1, width - margin.right)]);
  const y = scaleLinear()
    .domain([0, highest])
    .nice(ticks)
    .range([height - margin.bottom, margin.top]);
  const barWidth = Math.max(1, Math.min(widestBar, x.bandwidth() * 0.8));
  const middle = (column: number) => (x(column) ?? 0) + x.bandwidth() / 2;
  const layers = stack<Column, number>()
    .keys(columns[0]?.values.keys() ?? [])
    .value(({ values }, series) => values[series] ?? 0)([...columns]);
  const every = Math.max(1, Math.ceil(labelWidth / x.bandwidth()));
  return {
    bars: layers.flatMap((layer, series) =>
      layer.flatMap(([from, to], column) =>
        to > from
          ? [
              {
                column,
                series,
                x: middle(column) - barWidth / 2,
                y: y(to),
                width: barWidth,
                height: y(from) - y(to),
              },
            ]
          : [],
      ),
    ),
    places: columns.map((column, index) => ({
      x: x(index) ?? 0,
      width: x.bandwidth(),
      middle: middle(index),
      top: y(total(column)),
    })),
    // What is counted has no halves.
    gridLines: y
      .ticks(ticks)
      .filter(Number.isInteger)
      .map((value) => ({ y: y(value), value })),
    labels: columns.flatMap(({ tick }, index) =>
      index % every === 0 ? [{ x: middle(index), text: tick }] : [],
    ),
    line: line<Column>()
      .defined((column) => column.line !== undefined)
      .x((_column, index) => middle(index))
      .y((column) => y(column.line ?? 0))([...columns]),
  };
}
