import type { RoomRequest } from './request';

/**
 * Keeps an invitation for this tab, so that leaving (the SDK comes back without the fragment) and joining again
 * works. An invitation opens nothing without the sign-in of whom it names.
 */
export function rememberInvitation(
  request: RoomRequest,
  storage: Pick<Storage, 'getItem' | 'setItem'> = sessionStorage,
): RoomRequest {
  const key = `securezoom.invitation.${request.meeting}`;
  if (request.invitation) {
    storage.setItem(key, request.invitation);
    return request;
  }
  const invitation = request.left ? storage.getItem(key) : null;
  return invitation ? { ...request, invitation } : request;
}
