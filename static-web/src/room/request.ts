import { parseGrant, parseMeetingNumber } from '../join/meetingNumber';

/** What the room's address asks for. */
export interface RoomRequest {
  readonly meeting: string;
  readonly role: 0 | 1;
  readonly grant?: string;
  /** The person comes back from this meeting. */
  readonly left: boolean;
}

/** `/room?meeting=<number>&role=1#<grant>`, or undefined when it names no meeting. */
export function parseRoomRequest(address: string): RoomRequest | undefined {
  const url = new URL(address);
  const meeting = parseMeetingNumber(url.searchParams.get('meeting') ?? '');
  const grant = parseGrant(url.hash);
  if (!meeting) return undefined;
  return {
    meeting,
    role: url.searchParams.get('role') === '1' ? 1 : 0,
    left: url.searchParams.has('left'),
    ...(grant ? { grant } : {}),
  };
}
