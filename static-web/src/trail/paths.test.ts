import { expect, it } from 'vitest';
import { readView } from './filters';
import { placeOf, recordPath, storyPath } from './paths';

it('keeps whose trail and which clock from page to page, and no filter', () => {
  const view = readView(new URLSearchParams('organization=org_acme&zone=Asia/Tokyo&person=bob&range=week'));
  expect(recordPath(7, view)).toBe('/audit/7?zone=Asia%2FTokyo&organization=org_acme');
  expect(storyPath('bob@acme.example', view)).toBe(
    '/security/people/bob%40acme.example?zone=Asia%2FTokyo&organization=org_acme',
  );
  expect(placeOf({})).toEqual({});
});
