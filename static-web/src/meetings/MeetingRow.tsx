import {
  Badge,
  Button,
  makeStyles,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Subtitle2,
  Text,
  tokens,
  useRestoreFocusTarget,
} from '@fluentui/react-components';
import { CopyRegular, MoreHorizontalRegular } from '@fluentui/react-icons';
import { useId } from 'react';
import type { Meeting } from '../api/types';
import { formatMeetingNumber, roomAddress } from '../format/meetingNumber';
import { LinkButton } from '../ui/LinkButton';
import type { Section } from './schedule';
import { formatDay, formatDateTime, formatDuration, formatTime, ownTimeZone } from '../format/time';
import { topicOf } from '../format/topic';
import { words } from './words';

export type MeetingAction = 'copy' | 'invite' | 'edit' | 'end' | 'remove';

const useStyles = makeStyles({
  row: {
    display: 'grid',
    gridTemplateColumns: '7rem 1fr auto',
    alignItems: 'center',
    gap: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalXL}`,
    padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalL}`,
    '@media (max-width: 640px)': { gridTemplateColumns: '1fr' },
  },
  when: {
    display: 'flex',
    flexDirection: 'column',
    '@media (max-width: 640px)': {
      flexDirection: 'row',
      alignItems: 'baseline',
      gap: tokens.spacingHorizontalS,
    },
  },
  what: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXXS, minWidth: 0 },
  topic: { overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3, overflowWrap: 'anywhere' },
  actions: { display: 'flex', gap: tokens.spacingHorizontalS, alignItems: 'center' },
});

/** One meeting with what I may do with it. */
export function MeetingRow(props: {
  readonly meeting: Meeting;
  readonly section: Section;
  readonly onAction: (action: MeetingAction, meeting: Meeting) => void;
}) {
  const styles = useStyles();
  const heading = useId();
  const restoreFocus = useRestoreFocusTarget();
  const { meeting, section, onAction } = props;
  const host = meeting.permissions?.host ?? false;
  const change = host || (meeting.permissions?.manage ?? false);
  const elsewhere = meeting.timezone && meeting.timezone !== ownTimeZone;

  return (
    <article className={styles.row} aria-labelledby={heading}>
      <div className={styles.when}>
        {meeting.start_time ? (
          <>
            <Text weight="semibold">{formatTime(meeting.start_time)}</Text>
            <Text size={200} className={styles.quiet}>
              <time dateTime={meeting.start_time}>{formatDay(meeting.start_time)}</time>
            </Text>
          </>
        ) : (
          <Text weight="semibold">{words.instant}</Text>
        )}
      </div>
      <div className={styles.what}>
        <Subtitle2 as="h3" id={heading} className={styles.topic}>
          {topicOf(meeting)}
        </Subtitle2>
        <Text size={200} className={styles.quiet}>
          {[
            formatMeetingNumber(meeting.id),
            meeting.duration ? formatDuration(meeting.duration) : undefined,
            meeting.host_email ? words.hostedBy(meeting.host_email) : undefined,
            elsewhere && meeting.start_time && meeting.timezone
              ? formatDateTime(meeting.start_time, meeting.timezone)
              : undefined,
          ]
            .filter(Boolean)
            .join(' · ')}
        </Text>
        {section === 'now' && (
          <div>
            <Badge color="success" appearance="tint">
              {words.running}
            </Badge>
          </div>
        )}
      </div>
      <div className={styles.actions}>
        {section !== 'past' && (
          <LinkButton
            href={roomAddress(meeting.id, host ? 1 : 0)}
            appearance={section === 'now' || host ? 'primary' : 'secondary'}
          >
            {host && section !== 'now' ? words.start : words.join}
          </LinkButton>
        )}
        {section !== 'past' && (
          <Button
            icon={<CopyRegular />}
            aria-label={words.copy}
            title={words.copy}
            appearance="subtle"
            onClick={() => onAction('copy', meeting)}
          />
        )}
        {change && (
          <Menu>
            <MenuTrigger disableButtonEnhancement>
              <Button
                {...restoreFocus}
                icon={<MoreHorizontalRegular />}
                appearance="subtle"
                aria-label={words.actions(topicOf(meeting))}
              />
            </MenuTrigger>
            <MenuPopover>
              <MenuList>
                {section !== 'past' && (
                  <MenuItem onClick={() => onAction('invite', meeting)}>{words.invite}</MenuItem>
                )}
                <MenuItem onClick={() => onAction('edit', meeting)}>{words.edit}</MenuItem>
                {section === 'now' && (
                  <MenuItem onClick={() => onAction('end', meeting)}>{words.end}</MenuItem>
                )}
                <MenuItem onClick={() => onAction('remove', meeting)}>{words.remove}</MenuItem>
              </MenuList>
            </MenuPopover>
          </Menu>
        )}
      </div>
    </article>
  );
}
