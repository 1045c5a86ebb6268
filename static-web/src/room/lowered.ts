import type { Meeting, Signature } from '../api/types';
import { words } from './words';

/** The API's reason for a lesser role than was asked for, in words. */
export function explainReason(reason: Signature['reason'], meeting: Meeting): string {
  if (reason === 'not_the_host' && meeting.host_email) return words.lowered.notHost(meeting.host_email);
  return words.lowered[reason];
}
