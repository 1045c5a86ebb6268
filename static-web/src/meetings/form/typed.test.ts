import { expect, it } from 'vitest';
import { formatDuration } from '../../format/time';
import { readDate, readDuration, readTime } from './typed';

it.each([
  ['8', '08:00'],
  ['8:30', '08:30'],
  ['0830', '08:30'],
  ['830', '08:30'],
  ['14.30', '14:30'],
  ['14h30', '14:30'],
  ['2 pm', '14:00'],
  ['2:30 p.m.', '14:30'],
  ['2:30\u202fPM', '14:30'],
  ['12 am', '00:00'],
  ['12:15pm', '12:15'],
  ['24:00', undefined],
  ['8:60', undefined],
  ['13 pm', undefined],
  ['0 am', undefined],
  ['noon', undefined],
  ['', undefined],
])('reads the time %j as %s', (text, time) => {
  expect(readTime(text)).toBe(time);
});

it.each([
  ['2026-12-01', 'en-US', '2026-12-01'],
  ['1/12/2026', 'en-GB', '2026-12-01'],
  ['12/1/2026', 'en-US', '2026-12-01'],
  ['1.12.26', 'de', '2026-12-01'],
  ['1 Dec 2026', 'en-GB', '2026-12-01'],
  ['Tue, Dec 1, 2026', 'en-US', '2026-12-01'],
  ['30/02/2026', 'en-GB', undefined],
  ['2026-13-01', 'en-US', undefined],
  ['soon', 'en-US', undefined],
  ['12', 'en-US', undefined],
  ['', 'en-US', undefined],
])('reads the day %j in %s as %s', (text, language, date) => {
  expect(readDate(text, language)).toBe(date);
});

it.each([
  ['90', 90],
  ['90 min', 90],
  ['1:30', 90],
  ['1h', 60],
  ['1.5 hours', 90],
  ['1,5 h', 90],
  ['2 hr 5 min', 125],
  ['1h30', 90],
  ['', undefined],
  ['long', undefined],
  ['-5', undefined],
])('reads the length %j as %s minutes', (text, minutes) => {
  expect(readDuration(text)).toBe(minutes);
});

it.each(['en-US', 'en-GB', 'en'])('reads a length as the site writes it in %s', (language) => {
  for (const minutes of [1, 45, 60, 61, 90, 1440])
    expect(readDuration(formatDuration(minutes, language))).toBe(minutes);
});
