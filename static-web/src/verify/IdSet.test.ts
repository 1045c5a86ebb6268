import { expect, it } from 'vitest';
import { IdSet } from './IdSet';

const idOf = (high: number, low: number) =>
  '0'.repeat(16) + high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');

it('tells an id that was there from every other, however many there are', () => {
  const ids = new IdSet();
  // All of one millisecond, and alike in one half of the rest.
  const all = Array.from({ length: 50_000 }, (_, index) => [idOf(1, index), idOf(index, 1)]).flat();
  const distinct = new Set(all);
  expect(all.filter((id) => ids.add(id)).length).toBe(distinct.size);
  expect(all.some((id) => ids.add(id))).toBe(false);
});

it.each(['', '0'.repeat(32), 'f'.repeat(31), 'F'.repeat(32), `${'f'.repeat(32)}f`, 'an id of somebody else'])(
  'keeps "%s" whole',
  (id) => {
    const ids = new IdSet();
    expect([ids.add(id), ids.add(id), ids.add(`${id} `), ids.add('f'.repeat(32))]).toEqual([
      true,
      false,
      true,
      true,
    ]);
  },
);
