import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { floors } from '../../floors.js';

const folders = readdirSync(new URL('..', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'testing')
  .map(({ name }) => name);
const document = readFileSync(new URL('../../../docs/site.md', import.meta.url), 'utf8');

it('has a floor for every folder', () => {
  expect(floors.flat().toSorted()).toEqual(folders.toSorted());
});

it('has the floors that the document shows', () => {
  const rows = Array.from(document.matchAll(/^\| \d \| (.*?) \|/gm), ([, cell = '']) =>
    Array.from(cell.matchAll(/`(\w+)`/g), ([, name]) => name),
  );
  expect(rows.toReversed()).toEqual(floors);
});
