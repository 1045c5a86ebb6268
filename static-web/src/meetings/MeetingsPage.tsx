import {
  Button,
  makeStyles,
  Subtitle1,
  Tab,
  TabList,
  Text,
  tokens,
  useRestoreFocusTarget,
} from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { ErrorMessage } from '../api/ErrorMessage';
import { formatDate } from '../format/time';
import { ErrorPanel } from '../identity/ErrorPanel';
import { may } from '../me/permissions';
import { useMe } from '../me/useMe';
import { Page } from '../ui/Page';
import { PageSkeleton } from '../ui/PageSkeleton';
import { useListStyles } from '../ui/useListStyles';
import { MeetingFilters } from './MeetingFilters';
import { MeetingRow } from './MeetingRow';
import { NoMeetings } from './NoMeetings';
import { groupByDay } from './schedule';
import { useMeetingActions } from './useMeetingActions';
import { useMeetings } from './useMeetings';
import { useNow } from './useNow';
import { useScrollMemory } from './useScrollMemory';
import { readView, toAddress, without, type View } from './view';
import { words } from './words';

const useStyles = makeStyles({
  list: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXL,
    ':focus': { outlineStyle: 'none' },
  },
  section: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  tab: { '@media (max-width: 640px)': { minHeight: '44px' } },
  foot: {
    display: 'grid',
    justifyItems: 'center',
    gap: tokens.spacingVerticalS,
    color: tokens.colorNeutralForeground3,
    '@media (max-width: 640px)': { '& button': { minHeight: '44px' } },
  },
});

/** The organisation's meetings by time; the address bar holds what of them is shown. */
export default function MeetingsPage() {
  const styles = useStyles();
  const lists = useListStyles();
  const [address, setAddress] = useSearchParams();
  const view = useMemo(() => readView(address), [address]);
  const { data: me, isPending: isMePending } = useMe();
  const { list, more } = useMeetings(view);
  const now = useNow();
  const region = useRef<HTMLDivElement>(null);
  const [next, setNext] = useState<number>();
  const restoreFocus = useRestoreFocusTarget();
  const actions = useMeetingActions(() => region.current?.focus());

  // What one may do belongs to the list: if it came later, it would push the list down.
  const page = isMePending ? undefined : list.data;
  useScrollMemory(page !== undefined);
  const isPast = view.when === 'past';
  const meetings = page?.meetings ?? [];
  const cursor = list.isPlaceholderData ? undefined : page?.cursor;
  const mayCreate = may(me, 'meetings:host');
  const organization = me?.organization?.name ?? me?.organization?.id;

  const show = useCallback(
    (wanted: View) => setAddress(toAddress(wanted), { replace: wanted.query !== view.query }),
    [setAddress, view.query],
  );
  const goOn = (from: string) => more.mutate(from, { onSuccess: (found) => setNext(found.meetings[0]?.id) });

  return (
    <Page
      title={words.title}
      // Its line is held, so that nothing below jumps.
      lead={isMePending ? '\u00a0' : organization && words.lead(organization)}
      action={
        mayCreate && (
          <Button {...restoreFocus} appearance="primary" icon={<AddRegular />} onClick={actions.create}>
            {words.create}
          </Button>
        )
      }
    >
      <TabList
        selectedValue={isPast ? 'past' : 'current'}
        onTabSelect={(_event, { value }) => {
          const rest = without(view, 'when');
          show(value === 'past' ? { ...rest, when: 'past' } : rest);
        }}
      >
        <Tab value="current" className={styles.tab}>
          {words.views.current}
        </Tab>
        <Tab value="past" className={styles.tab}>
          {words.views.past}
        </Tab>
      </TabList>
      <MeetingFilters view={view} onChange={show} />
      {list.error && !page && <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />}
      {!page && !list.error && <PageSkeleton heading={false} />}
      <div
        ref={region}
        className={styles.list}
        role="region"
        aria-label={words.list}
        aria-busy={list.isPlaceholderData}
        tabIndex={-1}
      >
        {page && meetings.length === 0 && !cursor && !list.isPlaceholderData && (
          <NoMeetings view={view} mayCreate={mayCreate} />
        )}
        {groupByDay(meetings, now).map((group) => (
          <section key={group.title} className={styles.section} aria-label={group.title}>
            <Subtitle1 as="h2">{group.title}</Subtitle1>
            <ul className={lists.rows}>
              {group.meetings.map((meeting) => (
                <li key={meeting.id}>
                  <MeetingRow
                    meeting={meeting}
                    isPast={isPast}
                    now={now}
                    isNext={meeting.id === next}
                    onAction={actions.act}
                  />
                </li>
              ))}
            </ul>
          </section>
        ))}
        {cursor && (
          <div className={styles.foot}>
            {more.error && <ErrorMessage error={more.error} />}
            {page?.lookedTo && (
              <Text role="status">
                {meetings.length === 0 && `${words.noneYet}. `}
                {(isPast ? words.lookedBackTo : words.lookedTo)(formatDate(page.lookedTo))}
              </Text>
            )}
            <Button disabledFocusable={more.isPending} onClick={() => !more.isPending && goOn(cursor)}>
              {more.isPending ? words.loading : page?.lookedTo ? words.lookOn : words.more}
            </Button>
          </div>
        )}
      </div>
      {actions.dialogs}
    </Page>
  );
}
