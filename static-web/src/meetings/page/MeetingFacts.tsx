import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { Meeting } from '../../api/types';
import { formatMeetingNumber } from '../../format/meetingNumber';
import { formatDateTime, formatDuration, ownTimeZone } from '../../format/time';
import { Facts } from '../../ui/Facts';
import { TextLink } from '../../ui/TextLink';
import { alternativeHosts, describeOptions } from './options';
import { Part } from './Part';
import { describeRecurrence, isSeries } from '../recurrence';
import { tellStart } from '../schedule';
import { useNow } from '../useNow';
import { words } from './words';

const useStyles = makeStyles({
  agenda: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  options: { margin: 0, paddingInlineStart: tokens.spacingHorizontalL },
  soon: { color: tokens.colorBrandForeground1 },
  note: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM },
});

/** When, by whom and how; `isOne` when it is one time of a series. */
export function MeetingFacts({ meeting, isOne }: { readonly meeting: Meeting; readonly isOne: boolean }) {
  const styles = useStyles();
  const now = useNow();
  const { start_time: start, timezone } = meeting;
  const others = alternativeHosts(meeting);
  const options = describeOptions(meeting.settings);
  const recurrence = describeRecurrence(meeting);
  const soon = tellStart(meeting, now);
  const facts: (readonly [string, ReactNode] | undefined)[] = [
    [
      isSeries(meeting) && start && !isOne ? words.next : words.whenHere,
      start ? formatDateTime(start, ownTimeZone) : isSeries(meeting) ? words.anyTime : words.atOnce,
    ],
    start && timezone && timezone !== ownTimeZone
      ? [words.whenThere, formatDateTime(start, timezone)]
      : undefined,
    meeting.duration !== undefined && start ? [words.duration, formatDuration(meeting.duration)] : undefined,
    recurrence ? [words.repeats, recurrence] : undefined,
    [words.number, formatMeetingNumber(meeting.id)],
    [words.host, meeting.host_email ?? words.unknown],
    others.length > 0 ? [words.alternativeHosts, others.join(', ')] : undefined,
  ];

  return (
    <>
      <Part title={words.when}>
        {isOne && (
          <Text className={styles.note}>
            {words.oneOf} <TextLink to={`/meetings/${meeting.id}`}>{words.series}</TextLink>
          </Text>
        )}
        {soon && (
          <Text weight="semibold" className={styles.soon}>
            {soon}
          </Text>
        )}
        <Facts facts={facts.filter((fact) => fact !== undefined)} />
      </Part>
      {meeting.agenda && (
        <Part title={words.agenda}>
          <p dir="auto" className={styles.agenda}>
            {meeting.agenda}
          </p>
        </Part>
      )}
      {options.length > 0 && (
        <Part title={words.options}>
          <ul className={styles.options}>
            {options.map((option) => (
              <li key={option}>{option}</li>
            ))}
          </ul>
        </Part>
      )}
    </>
  );
}
