import { describe, expect, it } from 'vitest';
import { height, layOut } from './layout';

const column = (values: number[], more: object = {}) => ({ label: 'l', tick: 't', values, ...more });

describe('a chart of columns', () => {
  it('stacks the series of a column without a gap, and draws nothing for nothing', () => {
    const { bars } = layOut([column([3, 1]), column([0, 0]), column([0, 2])], 400);
    expect(bars.map(({ column, series }) => [column, series])).toEqual([
      [0, 0],
      [0, 1],
      [2, 1],
    ]);
    const [first, second] = bars.filter((bar) => bar.column === 0);
    expect(second!.y + second!.height).toBeCloseTo(first!.y);
    expect(first!.height).toBeCloseTo(3 * second!.height);
  });

  it('stays inside, whatever is counted and however narrow it is', () => {
    for (const width of [0, 20, 390, 1280])
      for (const columns of [[], [column([0])], Array.from({ length: 200 }, (_, n) => column([n * 1e6]))])
        for (const { y, height: tall, width: wide } of layOut(columns, width).bars) {
          expect(wide).toBeGreaterThan(0);
          expect(y).toBeGreaterThanOrEqual(0);
          expect(y + tall).toBeLessThanOrEqual(height);
        }
  });

  it('leaves out labels that would run into each other, and lines where there is no point', () => {
    const columns = Array.from({ length: 100 }, () => column([1]));
    expect(layOut(columns, 640).labels.length).toBeLessThanOrEqual(10);
    expect(layOut(columns, 640).line).toBeNull();
    expect(layOut([column([1], { line: 1 }), column([1], { line: 2 })], 640).line).toMatch(/^M/);
  });
});
