import { roomAddress } from '../format/meetingNumber';
import type { RoomRequest } from './request';

const joinAtOnce = 'joinAtOnce';

/** Joins anew, with a new signature and past the lobby: the SDK joins once per document, and keeps the signature that it was given. */
export function reopen({ meeting, role, invitation }: RoomRequest): void {
  // A change of the fragment alone would not load a new document. No link can carry this state.
  window.history.replaceState(joinAtOnce, '', roomAddress(meeting, role, invitation));
  window.location.reload();
}

/** Whether this document was loaded by `reopen`; once, so that whoever reloads it themselves is in the lobby again. */
export function isReopened(): boolean {
  const isReopened = window.history.state === joinAtOnce;
  if (isReopened) window.history.replaceState(null, '');
  return isReopened;
}
