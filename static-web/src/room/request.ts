import { parseInvitation, parseMeetingNumber } from '../format/meetingNumber';

/** What the room's address asks for. */
export interface RoomRequest {
  readonly meeting: string;
  readonly role: 0 | 1;
  readonly invitation?: string;
  /** The person comes back from this meeting. */
  readonly left: boolean;
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
  };
}
