/** Where a person is, as far as the SDK tells: outside are the device check, the wait for the host and the waiting room. */
export type Place = 'outside' | 'inside';

const connected = 2;
const levels: Readonly<Record<number, Place>> = {
  4: 'outside', // waits for the host
  6: 'outside', // waiting room
  7: 'inside', // let in
};

/**
 * Reads the SDK's events `onMeetingStatus` and `onJoinSpeed`; undefined when one says nothing of this. In the waiting
 * room the connection stands already, and the SDK tells of the room afterwards.
 */
export function placeOf(event: { meetingStatus?: number; level?: number } | undefined): Place | undefined {
  if (event?.meetingStatus === connected) return 'inside';
  return event?.level === undefined ? undefined : levels[event.level];
}
