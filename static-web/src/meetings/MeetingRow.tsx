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
import { useEffect, useId, useRef } from 'react';
import type { Meeting } from '../api/types';
import { formatMeetingNumber, roomAddress } from '../format/meetingNumber';
import { formatDateTime, formatDuration, formatTime, ownTimeZone } from '../format/time';
import { topicOf } from '../format/topic';
import { LinkButton } from '../ui/LinkButton';
import { TextLink } from '../ui/TextLink';
import { describeRecurrence, isSeries } from './recurrence';
import { phaseOf, tellStart } from './schedule';
import type { MeetingAction } from './useMeetingActions';
import { words } from './words';

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
  topic: { overflowWrap: 'anywhere', alignSelf: 'flex-start', maxWidth: '100%' },
  quiet: { color: tokens.colorNeutralForeground3, overflowWrap: 'anywhere' },
  soon: { color: tokens.colorBrandForeground1 },
  actions: {
    display: 'flex',
    gap: tokens.spacingHorizontalS,
    alignItems: 'center',
    '@media (max-width: 640px)': { '& > *': { minHeight: '44px', minWidth: '44px' } },
  },
});

/** One meeting with what I may do with it; its topic leads to its page. */
export function MeetingRow(props: {
  readonly meeting: Meeting;
  readonly isPast: boolean;
  readonly now: Date;
  /** Whether the focus goes on here, since it is the first that has come. */
  readonly isNext: boolean;
  readonly onAction: (action: MeetingAction, meeting: Meeting) => void;
}) {
  const styles = useStyles();
  const heading = useId();
  const row = useRef<HTMLElement>(null);
  const restoreFocus = useRestoreFocusTarget();
  const { meeting, now, isNext, onAction } = props;
  const phase = phaseOf(meeting);
  const isOver = props.isPast || phase === 'ended';
  const host = meeting.permissions?.host ?? false;
  const change = host || (meeting.permissions?.manage ?? false);
  const start = meeting.start_time;
  const elsewhere = start && meeting.timezone && meeting.timezone !== ownTimeZone;
  const startText = isOver ? undefined : tellStart(meeting, now);

  useEffect(() => {
    if (isNext) row.current?.querySelector('a')?.focus();
  }, [isNext]);

  return (
    <article ref={row} className={styles.row} aria-labelledby={heading}>
      <div className={styles.when}>
        <Text weight="semibold">
          {start ? (
            <time dateTime={start}>{formatTime(start)}</time>
          ) : isSeries(meeting) ? (
            words.anyTime
          ) : (
            words.instant
          )}
        </Text>
        {meeting.duration !== undefined && start && (
          <Text size={200} className={styles.quiet}>
            {formatDuration(meeting.duration)}
          </Text>
        )}
      </div>
      <div className={styles.what}>
        <Subtitle2 as="h3" id={heading} className={styles.topic} dir="auto">
          <TextLink to={`/meetings/${meeting.id}`}>{topicOf(meeting)}</TextLink>
        </Subtitle2>
        {startText && (
          <Text size={200} weight="semibold" className={styles.soon}>
            {startText}
          </Text>
        )}
        <Text size={200} className={styles.quiet}>
          {[
            formatMeetingNumber(meeting.id),
            describeRecurrence(meeting),
            meeting.host_email ? words.hostedBy(meeting.host_email) : undefined,
            elsewhere ? formatDateTime(start, meeting.timezone) : undefined,
          ]
            .filter(Boolean)
            .join(' · ')}
        </Text>
        {phase === 'running' && (
          <div>
            <Badge color="success" appearance="tint">
              {words.running}
            </Badge>
          </div>
        )}
        {phase === 'ended' && !props.isPast && (
          <div>
            <Badge color="informative" appearance="tint">
              {words.over}
            </Badge>
          </div>
        )}
      </div>
      <div className={styles.actions}>
        {!isOver && (
          <LinkButton
            href={roomAddress(meeting.id, host ? 1 : 0)}
            appearance={phase === 'running' || host ? 'primary' : 'secondary'}
          >
            {host && phase !== 'running' ? words.start : words.join}
          </LinkButton>
        )}
        {!isOver && (
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
                {!isOver && <MenuItem onClick={() => onAction('invite', meeting)}>{words.invite}</MenuItem>}
                <MenuItem onClick={() => onAction('edit', meeting)}>{words.edit}</MenuItem>
                {phase === 'running' && (
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
