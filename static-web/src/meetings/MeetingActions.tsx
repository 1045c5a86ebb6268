import {
  Badge,
  Button,
  makeStyles,
  Menu,
  MenuItem,
  MenuItemLink,
  MenuList,
  MenuPopover,
  MenuTrigger,
  tokens,
  useRestoreFocusTarget,
} from '@fluentui/react-components';
import { CalendarAddRegular, CopyRegular, MoreHorizontalRegular } from '@fluentui/react-icons';
import { useMutation } from '@tanstack/react-query';
import { ErrorMessage } from '../api/ErrorMessage';
import type { Meeting } from '../api/types';
import { useApi } from '../api/useApi';
import { roomAddress } from '../format/meetingNumber';
import { LinkButton } from '../ui/LinkButton';
import { calendarLinks } from './calendar';
import { isSeries } from './recurrence';
import { phaseOf } from './schedule';
import type { useMeetingActions } from './useMeetingActions';
import { meetingWords, words } from './words';

export type Actions = ReturnType<typeof useMeetingActions>;

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    '@media (max-width: 640px)': { '& > a, & > button': { minHeight: '44px', minWidth: '44px' } },
  },
});

/** What I may do with a meeting, the likeliest first. */
export function MeetingActions(props: {
  readonly meeting: Meeting;
  readonly manages: boolean;
  readonly actions: Actions;
}) {
  const styles = useStyles();
  const restoreFocus = useRestoreFocusTarget();
  const { meeting, manages, actions } = props;
  const phase = phaseOf(meeting);
  const hosts = meeting.permissions?.host ?? false;
  const item = (action: Parameters<Actions['act']>[0], label: string) => (
    <MenuItem onClick={() => actions.act(action, meeting)}>{label}</MenuItem>
  );

  return (
    <div className={styles.bar}>
      {phase === 'running' && (
        <Badge color="success" appearance="tint" size="large">
          {words.running}
        </Badge>
      )}
      {phase === 'ended' ? (
        <Badge color="informative" appearance="tint" size="large">
          {words.over}
        </Badge>
      ) : (
        <>
          <LinkButton href={roomAddress(meeting.id, hosts ? 1 : 0)} appearance="primary">
            {hosts && phase !== 'running' ? words.start : words.join}
          </LinkButton>
          <Button icon={<CopyRegular />} onClick={() => actions.act('copy', meeting)}>
            {words.copy}
          </Button>
          {manages && (
            <Button {...restoreFocus} onClick={() => actions.act('invite', meeting)}>
              {words.invite}
            </Button>
          )}
          {(meeting.start_time !== undefined || meeting.type === 8) && <CalendarMenu meeting={meeting} />}
        </>
      )}
      {manages && (
        <Menu>
          <MenuTrigger disableButtonEnhancement>
            <Button
              {...restoreFocus}
              icon={<MoreHorizontalRegular />}
              aria-label={meetingWords.actions}
              title={meetingWords.actions}
            />
          </MenuTrigger>
          <MenuPopover>
            <MenuList>
              {item('edit', words.edit)}
              {item('duplicate', meetingWords.duplicate)}
              {phase === 'running' && item('end', words.end)}
              {item('remove', words.remove)}
            </MenuList>
          </MenuPopover>
        </Menu>
      )}
    </div>
  );
}

function CalendarMenu({ meeting }: { readonly meeting: Meeting }) {
  const api = useApi();
  const save = useMutation({
    mutationFn: async () => {
      const address = URL.createObjectURL(await api.readCalendar(meeting.id));
      Object.assign(document.createElement('a'), {
        href: address,
        download: `meeting-${meeting.id}.ics`,
      }).click();
      URL.revokeObjectURL(address);
    },
  });
  // Their links know no series: there one would miss all times but one.
  const links = isSeries(meeting) ? undefined : calendarLinks(meeting, window.location.origin);
  const elsewhere = { target: '_blank', rel: 'noreferrer' };

  return (
    <>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button icon={<CalendarAddRegular />}>{meetingWords.calendar}</Button>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem onClick={() => save.mutate()}>{meetingWords.file}</MenuItem>
            {links && (
              <>
                <MenuItemLink href={links.google} {...elsewhere}>
                  {meetingWords.google}
                </MenuItemLink>
                <MenuItemLink href={links.outlook} {...elsewhere}>
                  {meetingWords.outlook}
                </MenuItemLink>
              </>
            )}
          </MenuList>
        </MenuPopover>
      </Menu>
      {save.error && <ErrorMessage error={save.error} />}
    </>
  );
}
