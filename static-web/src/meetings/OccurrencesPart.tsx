import { Button, Text } from '@fluentui/react-components';
import type { Meeting } from '../api/types';
import { useApi } from '../api/useApi';
import { formatDateTime, formatDuration, ownTimeZone } from '../format/time';
import { TextLink } from '../ui/TextLink';
import type { Actions } from './MeetingActions';
import { Part } from './Part';
import { useMeetingCache } from './useMeetingCache';
import { usePartStyles } from './usePartStyles';
import { useNow } from './useNow';
import { confirmWords, meetingWords as words } from './words';

/** The times of a series that are to come; each opens, and can be taken out. */
export function OccurrencesPart(props: {
  readonly meeting: Meeting;
  readonly manages: boolean;
  readonly actions: Actions;
}) {
  const styles = usePartStyles();
  const api = useApi();
  const cache = useMeetingCache();
  const now = useNow();
  const { meeting, manages, actions } = props;
  const planned = (meeting.occurrences ?? []).flatMap(({ occurrence_id, start_time, duration, status }) =>
    occurrence_id && start_time && status !== 'deleted'
      ? [{ id: occurrence_id, start: start_time, minutes: duration ?? meeting.duration ?? 60 }]
      : [],
  );
  const coming = planned.filter(({ start, minutes }) => Date.parse(start) + minutes * 60_000 > now.getTime());
  const over = planned.length - coming.length;

  const remove = (id: string, when: string) => {
    const { body, ...question } = confirmWords.occurrence;
    actions.ask({ ...question, body: body(when), run: () => api.deleteMeeting(meeting.id, id) }, () => {
      cache.occurrenceRemoved(meeting.id, id);
      actions.tell(words.occurrenceRemoved);
    });
  };

  return (
    <Part title={words.occurrences}>
      {coming.length === 0 && <Text>{words.noOccurrences}</Text>}
      <ul className={styles.rows}>
        {coming.map(({ id, start, minutes }) => {
          const when = formatDateTime(start, ownTimeZone);
          return (
            <li key={id} className={styles.row}>
              <span className={styles.what}>
                <TextLink to={`/meetings/${meeting.id}?occurrence=${encodeURIComponent(id)}`}>
                  {when}
                </TextLink>
                <Text size={200} className={styles.quiet}>
                  {formatDuration(minutes)}
                </Text>
              </span>
              {manages && (
                <Button
                  appearance="subtle"
                  aria-label={words.removeOccurrence(when)}
                  onClick={() => remove(id, when)}
                >
                  {confirmWords.occurrence.action}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      {over > 0 && (
        <Text size={200} className={styles.quiet}>
          {words.pastOccurrences(over)}
        </Text>
      )}
    </Part>
  );
}
