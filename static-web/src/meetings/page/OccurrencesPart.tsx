import { Text } from '@fluentui/react-components';
import type { Meeting } from '../../api/types';
import { useApi } from '../../api/useApi';
import { formatDateTime, formatDuration, ownTimeZone } from '../../format/time';
import { DialogButton } from '../../ui/DialogButton';
import { TextLink } from '../../ui/TextLink';
import type { Actions } from './MeetingActions';
import { Part } from './Part';
import { useMeetingCache } from '../useMeetingCache';
import { usePartStyles } from './usePartStyles';
import { useNow } from '../useNow';
import { confirmWords, words as listWords } from '../words';
import { words } from './words';

/** The times of a series that are to come; each opens, and can be changed or taken out by itself. */
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
  const planned = (meeting.occurrences ?? []).flatMap((occurrence) => {
    const { occurrence_id: id, start_time: start, duration, status } = occurrence;
    return id && start && status !== 'deleted'
      ? [{ occurrence, id, start, minutes: duration ?? meeting.duration ?? 60 }]
      : [];
  });
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
        {coming.map(({ occurrence, id, start, minutes }) => {
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
                <span className={styles.line}>
                  <DialogButton
                    appearance="subtle"
                    aria-label={words.editOccurrence(when)}
                    onClick={() => actions.editOccurrence(meeting, occurrence)}
                  >
                    {listWords.edit}
                  </DialogButton>
                  <DialogButton
                    appearance="subtle"
                    aria-label={words.removeOccurrence(when)}
                    onClick={() => remove(id, when)}
                  >
                    {confirmWords.occurrence.action}
                  </DialogButton>
                </span>
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
