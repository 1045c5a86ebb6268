import { expect, it } from 'vitest';
import { addressFaults } from './addressFaults';

it.each([
  ['range=fortnight', '“fortnight” is no period: hour, day, week and month are.'],
  ['range=constructor', '“constructor” is no period: hour, day, week and month are.'],
  ['from=yesterday', '“yesterday” is no time.'],
  ['to=2026-13-01', '“2026-13-01” is no time.'],
  ['from=2026-01-15T12:00Z&to=2026-01-15T12:00Z', 'The time ends before it begins.'],
  ['range=day&from=2026-01-15T12:00Z', 'A period that ends now goes with no other times.'],
  ['zone=Mars/Base', '“Mars/Base” is no time zone.'],
])('%s is told', (search, said) => {
  expect(addressFaults(new URLSearchParams(search))).toEqual([said]);
});

it.each(['', 'range=week&zone=UTC', 'from=2026-01-15T12:00Z', 'person=yesterday'])(
  '%s is right',
  (search) => {
    expect(addressFaults(new URLSearchParams(search))).toEqual([]);
  },
);
