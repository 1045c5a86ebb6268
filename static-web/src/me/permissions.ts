import type { Me } from '../api/types';

export type Permission =
  | 'meetings:join'
  | 'meetings:host'
  | 'meetings:manage'
  | 'audit:read'
  | 'audit:read:any'
  | 'audit:erase'
  | 'access:revoke';

/** Whose permissions are known, be it by heart. */
export type Permitted = Pick<Me, 'permissions'>;

export function may(me: Permitted | undefined, permission: Permission): boolean {
  return me?.permissions.includes(permission) ?? false;
}

export function mayReadAudit(me: Permitted | undefined): boolean {
  return may(me, 'audit:read') || may(me, 'audit:read:any');
}

/** Whether somebody has no trail of their own to read, but may read others'. */
export function mustChooseTrail(me: Me): boolean {
  return may(me, 'audit:read:any') && !(may(me, 'audit:read') && me.organization);
}

/** The page that serves somebody with these permissions best. */
export function startPage(me: Me): '/meetings' | '/audit' | '/join' | '/me' {
  if (!me.organization) return '/me';
  if (may(me, 'meetings:join')) return '/meetings';
  return mayReadAudit(me) ? '/audit' : '/join';
}
