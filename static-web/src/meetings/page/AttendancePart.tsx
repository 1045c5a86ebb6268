import { Text } from '@fluentui/react-components';
import type { Participant } from '../../api/types';
import { useApi } from '../../api/useApi';
import { formatDateTime, formatDuration, formatTime } from '../../format/time';
import { PastPart } from './PastPart';
import { usePartStyles } from './usePartStyles';
import { words } from './words';

/** Who was in the instances that have ended, the latest first. */
export function AttendancePart({ id }: { readonly id: number }) {
  const styles = usePartStyles();
  const api = useApi();
  return (
    <PastPart
      id={id}
      name="participants"
      texts={{
        title: words.attendance,
        why: words.attendanceWhy,
        show: words.showAttendance,
        none: words.noAttendance,
      }}
      read={(query, signal) => api.listParticipants(id, query, signal)}
      count={({ participants }) => participants.length}
    >
      {(pages) =>
        byInstance(pages.flatMap(({ participants }) => participants)).map(({ start, stays }) => (
          <div key={start}>
            {start && <Text weight="semibold">{words.instance(formatDateTime(start))}</Text>}
            <ul className={styles.rows}>
              {stays.map((stay, place) => (
                <li key={place} className={styles.row}>
                  <span className={styles.what}>
                    <Text dir="auto">{stay.name ?? words.nameless}</Text>
                    {stay.user_email && (
                      <Text size={200} className={styles.quiet}>
                        {stay.user_email}
                      </Text>
                    )}
                  </span>
                  <Text size={200} className={styles.quiet}>
                    {tellStay(stay)}
                  </Text>
                </li>
              ))}
            </ul>
          </div>
        ))
      }
    </PastPart>
  );
}

function byInstance(participants: readonly Participant[]) {
  const instances = new Map<string, Participant[]>();
  for (const participant of participants) {
    const start = participant.start_time ?? '';
    instances.set(start, [...(instances.get(start) ?? []), participant]);
  }
  return [...instances].map(([start, stays]) => ({ start, stays }));
}

function tellStay({ join_time, leave_time, duration, status }: Participant): string {
  return [
    join_time && leave_time && words.stay(formatTime(join_time), formatTime(leave_time)),
    duration !== undefined && formatDuration(Math.ceil(duration / 60)),
    status === 'in_waiting_room' && words.inWaitingRoom,
  ]
    .filter(Boolean)
    .join(' · ');
}
