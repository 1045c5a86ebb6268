import {
  Button,
  makeStyles,
  Subtitle1,
  Toast,
  Toaster,
  ToastTitle,
  tokens,
  useId,
  useRestoreFocusTarget,
  useToastController,
} from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { Meeting } from '../api/types';
import { may } from '../me/permissions';
import { useMe } from '../me/useMe';
import { ErrorPanel } from '../identity/ErrorPanel';
import { Page } from '../ui/Page';
import { PageSkeleton } from '../ui/PageSkeleton';
import { Panel } from '../ui/Panel';
import { useListStyles } from '../ui/useListStyles';
import { ConfirmDialog } from './ConfirmDialog';
import { colleagueLink, invitationText } from './invitation';
import { InviteDialog } from './InviteDialog';
import { MeetingDialog } from './MeetingDialog';
import { MeetingRow, type MeetingAction } from './MeetingRow';
import { arrange, type Section } from './schedule';
import { useMeetings } from './useMeetings';
import { words } from './words';

const useStyles = makeStyles({
  section: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  more: { alignSelf: 'center' },
});

const sections: readonly Section[] = ['now', 'upcoming', 'past'];

type Open =
  | { readonly dialog: 'create' }
  | { readonly dialog: 'edit' | 'invite' | 'end' | 'remove'; readonly meeting: Meeting };

export default function MeetingsPage() {
  const styles = useStyles();
  const lists = useListStyles();
  const { data: me, isPending: isMePending } = useMe();
  const toaster = useId('toaster');
  const { dispatchToast } = useToastController(toaster);
  const [open, setOpen] = useState<Open>();
  const restoreFocus = useRestoreFocusTarget();
  const close = () => setOpen(undefined);

  const meetings = useMeetings();
  const past = useMeetings('past');
  // What one may do belongs to the list: if it came later, it would push the list down.
  const isPending = meetings.isPending || past.isPending || isMePending;
  const error = meetings.error ?? past.error;
  const all = [meetings, past].flatMap(({ data }) => data?.pages ?? []).flatMap((page) => page.meetings);
  const arranged = arrange(all, new Date());
  // Further pages go on where the list of those that are not past ends.
  const lastCurrent = arranged.upcoming.length > 0 ? 'upcoming' : 'now';
  const mayCreate = may(me, 'meetings:host');

  const tell = (message: string, intent: 'success' | 'error' = 'success') =>
    dispatchToast(
      <Toast>
        <ToastTitle>{message}</ToastTitle>
      </Toast>,
      { intent },
    );
  const copy = (content: string) =>
    void navigator.clipboard.writeText(content).then(
      () => tell(words.copied),
      () => tell(words.copyFailed, 'error'),
    );
  const act = (action: MeetingAction, meeting: Meeting) => {
    if (action === 'copy') copy(invitationText(meeting, colleagueLink(meeting, window.location.origin)));
    else setOpen({ dialog: action, meeting });
  };
  const done = (message: string) => {
    close();
    tell(message);
  };

  const create = mayCreate && (
    <Button
      {...restoreFocus}
      appearance="primary"
      icon={<AddRegular />}
      onClick={() => setOpen({ dialog: 'create' })}
    >
      {words.create}
    </Button>
  );
  const more = (list: ReturnType<typeof useMeetings>) =>
    list.hasNextPage && (
      <Button
        className={styles.more}
        disabledFocusable={list.isFetchingNextPage}
        onClick={() => void list.fetchNextPage()}
      >
        {words.more}
      </Button>
    );
  const organization = me?.organization?.name ?? me?.organization?.id;

  return (
    <Page title={words.title} {...(organization ? { lead: words.lead(organization) } : {})} action={create}>
      {isPending && <PageSkeleton heading={false} />}
      {error && (
        <ErrorPanel error={error} onRetry={() => void Promise.all([meetings.refetch(), past.refetch()])} />
      )}
      {!isPending && !error && all.length === 0 && (
        <Panel title={words.emptyTitle}>{mayCreate ? words.emptyHost : words.empty}</Panel>
      )}
      {sections
        .filter((section) => !isPending && arranged[section].length > 0)
        .map((section) => (
          <section key={section} className={styles.section} aria-label={words.sections[section]}>
            <Subtitle1 as="h2">{words.sections[section]}</Subtitle1>
            <ul className={lists.rows}>
              {arranged[section].map((meeting) => (
                <li key={meeting.id}>
                  <MeetingRow meeting={meeting} section={section} onAction={act} />
                </li>
              ))}
            </ul>
            {section === lastCurrent && more(meetings)}
            {section === 'past' && more(past)}
          </section>
        ))}
      {open?.dialog === 'create' && <MeetingDialog onClose={close} onDone={() => done(words.created)} />}
      {open?.dialog === 'edit' && (
        <MeetingDialog meeting={open.meeting} onClose={close} onDone={() => done(words.saved)} />
      )}
      {open?.dialog === 'invite' && <InviteDialog meeting={open.meeting} onCopy={copy} onClose={close} />}
      {(open?.dialog === 'end' || open?.dialog === 'remove') && (
        <ConfirmDialog
          meeting={open.meeting}
          action={open.dialog}
          onClose={close}
          onDone={() => done(open.dialog === 'end' ? words.ended : words.removed)}
        />
      )}
      <Toaster toasterId={toaster} position="bottom-end" />
    </Page>
  );
}
