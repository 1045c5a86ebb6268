import { isCutInvitation, parseInvitation, parseMeetingNumber } from '../format/meetingNumber';

/** What the room's address asks for. */
export interface RoomRequest {
  readonly meeting: string;
  readonly role: 0 | 1;
  readonly invitation?: string;
  /** The person comes back from this meeting. */
  readonly left: boolean;
  /** The person has been in the lobby. */
  readonly atOnce?: boolean;
  /** Something that was an invitation before its link was cut. */
  readonly isCut?: boolean;
}

/** `/room?meeting=<number>&role=1#<invitation>`, or undefined when it names no meeting. */
export function parseRoomRequest(address: string): RoomRequest | undefined {
  const url = new URL(address);
  const meeting = parseMeetingNumber(url.searchParams.get('meeting') ?? '');
  const invitation = parseInvitation(url.hash);
  if (!meeting) return undefined;
  return {
    meeting,
    role: url.searchParams.get('role') === '1' ? 1 : 0,
    left: url.searchParams.has('left'),
    ...(invitation ? { invitation } : {}),
    ...(isCutInvitation(url.hash) ? { isCut: true } : {}),
  };
}
