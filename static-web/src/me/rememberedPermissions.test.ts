import { describe, expect, it } from 'vitest';
import type { Me } from '../api/types';
import { recallPermissions, rememberPermissions } from './rememberedPermissions';

const me: Me = {
  subject: 'auth0|1',
  emailVerified: true,
  groups: ['zoom-hosts'],
  permissions: ['meetings:join', 'meetings:host'],
  givenBy: {},
  hostingNeedsMfa: false,
};

describe('what somebody may do', () => {
  it('is remembered for that person alone, and nothing else of them', () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    };
    expect(recallPermissions(me.subject, storage)).toBeUndefined();
    expect(rememberPermissions(me, storage)).toBe(me);
    expect(recallPermissions(me.subject, storage)).toEqual({ permissions: me.permissions });
    expect(recallPermissions('auth0|2', storage)).toBeUndefined();
    expect(recallPermissions(undefined, storage)).toBeUndefined();
    expect([...kept.values()].join()).not.toContain('zoom-hosts');
  });
});
