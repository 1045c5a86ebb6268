import type { RoomRequest } from './request';

/**
 * Keeps an invitation for this tab, so that leaving (the SDK comes back without the fragment) and joining again
 * works. A grant opens nothing without the sign-in of whom it names.
 */
export function rememberGrant(
  request: RoomRequest,
  storage: Pick<Storage, 'getItem' | 'setItem'> = sessionStorage,
): RoomRequest {
  const key = `securezoom.grant.${request.meeting}`;
  if (request.grant) {
    storage.setItem(key, request.grant);
    return request;
  }
  const grant = request.left ? storage.getItem(key) : null;
  return grant ? { ...request, grant } : request;
}
