import { describe, expect, it } from 'vitest';
import { isFiltered, readView, toQuery, viewPath, writeView } from './filters';

const now = new Date('2026-01-15T12:00:00Z');

describe('a view of the trail', () => {
  it('goes through the address bar and back', () => {
    const view = { person: 'Carol & co', outcome: 'denied', range: 'week', zone: 'Europe/Berlin' } as const;
    expect(readView(writeView(view))).toEqual(view);
  });

  it('leaves out what is empty or not its own', () => {
    expect(viewPath('/audit', { person: '  ', action: 'meeting.created' })).toBe(
      '/audit?action=meeting.created',
    );
    expect(readView(new URLSearchParams('cursor=x&person=&code=1&range=constructor'))).toEqual({});
  });

  it('asks the API for instants and bare numbers', () => {
    expect(toQuery({ from: '2026-01-15T12:00Z', meeting: '812 3456-7890', zone: 'UTC' }, now)).toEqual({
      from: '2026-01-15T12:00:00.000Z',
      to: undefined,
      meeting: '81234567890',
    });
  });

  it('counts a range back from now, whatever else the address bar says', () => {
    expect(toQuery({ range: 'day', from: '2020-01-01T00:00Z', to: '2020-01-02T00:00Z' }, now)).toEqual({
      from: '2026-01-14T12:00:00.000Z',
      to: undefined,
      meeting: undefined,
    });
  });

  it('passes on a time that is none, for the API to say so', () => {
    expect(toQuery({ from: 'yesterday' }, now)['from']).toBe('yesterday');
  });

  it('is filtered by what records have, not by time, clock or whose it is', () => {
    expect(isFiltered({ range: 'day', zone: 'UTC', organization: 'org_acme' })).toBe(false);
    expect(isFiltered({ ip: '203.0.113.7' })).toBe(true);
  });
});
