import { describe, expect, it } from 'vitest';
import type { MeetingPage } from '../api/types';
import { append, place, renew } from './pages';

const meeting = (id: number) => ({ id, start_time: new Date(Date.UTC(2030, 0, id)).toISOString() });
const page = (ids: readonly number[], cursor?: string): MeetingPage => ({
  meetings: ids.map(meeting),
  ...(cursor ? { cursor } : {}),
});
const idsOf = ({ meetings }: MeetingPage) => meetings.map(({ id }) => id);

describe('a list of meetings', () => {
  const loaded = page([1, 2, 3, 4, 5], 'after 5');

  it('keeps what was loaded behind the first page when that is asked again', () => {
    expect(renew(loaded, page([1, 2], 'after 2'))).toEqual(loaded);
    expect(idsOf(renew(loaded, page([2, 3], 'after 3')))).toEqual([2, 3, 4, 5]);
    // One came in between and pushed 2 out of the first page.
    expect(idsOf(renew(page([1, 3, 4, 5], 'after 5'), page([1, 2], 'after 2')))).toEqual([1, 2, 3, 4, 5]);
  });

  it('is only the first page where nothing follows it any more, or all of it is new', () => {
    expect(renew(loaded, page([1, 2]))).toEqual(page([1, 2]));
    expect(renew(loaded, page([8, 9], 'after 9'))).toEqual(page([8, 9], 'after 9'));
  });

  it('goes on with the next page, and shows nothing twice', () => {
    expect(append(page([1, 2], 'after 2'), page([2, 3], 'after 3'))).toEqual(page([1, 2, 3], 'after 3'));
    expect(append(page([1], 'after 1'), page([2]))).toEqual(page([1, 2]));
  });

  it('takes a saved meeting in at its place, and drops it where it does not belong', () => {
    expect(idsOf(place(page([1, 3, 5]), { ...meeting(4), topic: 'Moved' }, {}))).toEqual([1, 3, 4, 5]);
    expect(idsOf(place(page([1, 4, 5]), { ...meeting(4), start_time: '2031-01-01T00:00:00Z' }, {}))).toEqual([
      1, 5, 4,
    ]);
    expect(idsOf(place(page([1, 4], 'more'), meeting(9), {}))).toEqual([1, 4]);
    expect(idsOf(place(page([1, 4]), { ...meeting(4), topic: 'Other' }, { query: 'board' }))).toEqual([1]);
    expect(idsOf(place(page([5, 3]), { ...meeting(4), status: 'ended' }, { when: 'past' }))).toEqual([
      5, 4, 3,
    ]);
  });
});
