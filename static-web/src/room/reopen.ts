import { roomAddress } from '../format/meetingNumber';
import type { RoomRequest } from './request';

/** Joins anew, with a new signature: the SDK joins once per document, and keeps the signature that it was given. */
export function reopen({ meeting, role, invitation }: RoomRequest): void {
  // A change of the fragment alone would not load a new document.
  window.history.replaceState(null, '', roomAddress(meeting, role, invitation));
  window.location.reload();
}
