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
import { ErrorMessage } from '../../api/ErrorMessage';
import type { Meeting, Occurrence } from '../../api/types';
import { useApi } from '../../api/useApi';
import { roomAddress } from '../../format/meetingNumber';
import { DialogButton } from '../../ui/DialogButton';
import { LinkButton } from '../../ui/LinkButton';
import { calendarLinks } from './calendar';
import { isSeries } from '../recurrence';
import { phaseOf } from '../schedule';
import type { useMeetingActions } from '../useMeetingActions';
import { words as listWords } from '../words';
import { words } from './words';

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
  /** Where the meeting is one time of a series. */
  readonly one: { readonly series: Meeting; readonly occurrence: Occurrence } | undefined;
}) {
  const styles = useStyles();
  const restoreFocus = useRestoreFocusTarget();
  const { meeting, manages, actions, one } = props;
  const phase = phaseOf(meeting);
  const hosts = meeting.permissions?.host ?? false;
  const item = (action: Parameters<Actions['act']>[0], label: string) => (
    <MenuItem onClick={() => actions.act(action, one?.series ?? meeting)}>{label}</MenuItem>
  );

  return (
    <div className={styles.bar}>
      {phase === 'running' && (
        <Badge color="success" appearance="tint" size="large">
          {listWords.running}
        </Badge>
      )}
      {phase === 'ended' ? (
        <Badge color="informative" appearance="tint" size="large">
          {listWords.over}
        </Badge>
      ) : (
        <>
          <LinkButton href={roomAddress(meeting.id, hosts ? 1 : 0)} appearance="primary">
            {hosts && phase !== 'running' ? listWords.start : listWords.join}
          </LinkButton>
          <Button icon={<CopyRegular />} onClick={() => actions.act('copy', meeting)}>
            {listWords.copy}
          </Button>
          {manages && (
            <DialogButton onClick={() => actions.act('invite', meeting)}>{listWords.invite}</DialogButton>
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
              aria-label={words.actions}
              title={words.actions}
            />
          </MenuTrigger>
          <MenuPopover>
            <MenuList>
              {one && (
                <MenuItem onClick={() => actions.editOccurrence(one.series, one.occurrence)}>
                  {words.editOne}
                </MenuItem>
              )}
              {item('edit', one ? words.editAll : listWords.edit)}
              {item('duplicate', words.duplicate)}
              {phase === 'running' && item('end', listWords.end)}
              {item('remove', one ? words.removeAll : listWords.remove)}
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
          <Button icon={<CalendarAddRegular />}>{words.calendar}</Button>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem onClick={() => save.mutate()}>{words.file}</MenuItem>
            {links && (
              <>
                <MenuItemLink href={links.google} {...elsewhere}>
                  {words.google}
                </MenuItemLink>
                <MenuItemLink href={links.outlook} {...elsewhere}>
                  {words.outlook}
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
