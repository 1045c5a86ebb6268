import { expect, it } from 'vitest';
import { subjectOf } from './personKey';

it.each([
  ['bob@acme.example', 'bob@acme.example'],
  ['https://idp.example/|auth0|1', 'auth0|1'],
  ['auth0|1', 'auth0|1'],
  ['16778240', '16778240'],
])('access of %s is ended by %s', (key, subject) => {
  expect(subjectOf(key)).toBe(subject);
});
