import type { Me } from '../api/types';
import type { Permitted } from './permissions';

const key = 'securezoom.permissions';

type Store = Pick<Storage, 'getItem' | 'setItem'>;

/** Keeps for this tab what somebody may do, so that the menu stays while the API cannot be asked. It decides nothing: the API does. */
export function rememberPermissions(me: Me, storage: Store = sessionStorage): Me {
  storage.setItem(key, JSON.stringify({ subject: me.subject, permissions: me.permissions }));
  return me;
}

/** What this person was allowed when the API said so last; undefined when that was never, or of somebody else. */
export function recallPermissions(
  subject: string | undefined,
  storage: Store = sessionStorage,
): Permitted | undefined {
  const kept = JSON.parse(storage.getItem(key) ?? '{}') as Partial<Pick<Me, 'subject' | 'permissions'>>;
  return kept.permissions && kept.subject === subject ? { permissions: kept.permissions } : undefined;
}
