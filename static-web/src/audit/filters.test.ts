import { describe, expect, it } from 'vitest';
import { readFilters, toQuery, writeFilters } from './filters';

describe('audit filters', () => {
  it('go through the address bar and back', () => {
    const filters = { person: 'Carol & co', outcome: 'denied', from: '2026-01-15T12:00' };
    expect(readFilters(writeFilters(filters))).toEqual(filters);
  });

  it('leave out what is empty or not theirs', () => {
    expect(writeFilters({ person: '  ', action: 'meeting.created' }).toString()).toBe(
      'action=meeting.created',
    );
    expect(readFilters(new URLSearchParams('cursor=x&person=&code=1'))).toEqual({});
  });

  it('send instants and bare numbers to the API', () => {
    const query = toQuery({ from: '2026-01-15T12:00Z', to: 'nonsense', meeting: '812 3456-7890' });
    expect(query).toEqual({ from: '2026-01-15T12:00:00.000Z', to: undefined, meeting: '81234567890' });
  });
});
