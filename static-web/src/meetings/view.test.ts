import { describe, expect, it } from 'vitest';
import { belongs, readView, toAddress, toQuery } from './view';

describe('a view of the meetings', () => {
  it('comes back from the address as it went in', () => {
    const view = {
      when: 'past',
      host: 'me',
      query: 'board & co',
      from: '2026-03-01',
      to: '2026-03-29',
    } as const;
    expect(readView(new URLSearchParams(toAddress(view).toString()))).toEqual(view);
  });

  it('leaves out what an address cannot mean', () => {
    expect(readView(new URLSearchParams('when=now&host=eve&query=%20&from=yesterday&to=2026-13-45'))).toEqual(
      {},
    );
  });

  it('asks the API for whole days by the reader’s clock, also where one has 23 hours or begins at one', () => {
    expect(toQuery({ from: '2026-03-29', to: '2026-03-29', query: 'x' }, 'Europe/Berlin')).toEqual({
      query: 'x',
      from: '2026-03-28T23:00:00.000Z',
      to: '2026-03-29T22:00:00.000Z',
    });
    expect(toQuery({ from: '2026-09-06' }, 'America/Santiago')).toEqual({ from: '2026-09-06T04:00:00.000Z' });
  });

  it('holds a new meeting only where its filters do', () => {
    const meeting = {
      id: 1,
      topic: 'Board meeting',
      start_time: '2026-03-29T10:00:00Z',
      permissions: { host: true, manage: false },
    };
    expect(belongs(meeting, {})).toBe(true);
    expect(belongs(meeting, { host: 'me', query: 'BOARD', from: '2026-03-28', to: '2026-03-30' })).toBe(true);
    expect(belongs(meeting, { when: 'past' })).toBe(false);
    expect(belongs({ ...meeting, status: 'ended' }, {})).toBe(false);
    expect(belongs(meeting, { query: 'bored' })).toBe(false);
    expect(belongs(meeting, { to: '2026-03-27' })).toBe(false);
    expect(belongs({ ...meeting, permissions: { host: false, manage: true } }, { host: 'me' })).toBe(false);
  });
});
