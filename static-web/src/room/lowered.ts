import type { Me, Meeting } from '../api/types';
import { may } from '../me/permissions';
import { text } from '../text';

const words = text.room.lowered;

/** Why somebody who asked to host was given participant, from what the API says about person and meeting. */
export function whyLowered(me: Me, meeting: Meeting, granted: boolean): string {
  if (granted) return words.granted;
  if (me.hostingNeedsMfa) return words.mfa;
  if (!may(me, 'meetings:host')) return words.noPermission;
  if (!me.emailVerified) return words.unverified;
  return meeting.host_email ? words.notHost(meeting.host_email) : words.notTheHost;
}
