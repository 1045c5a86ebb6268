import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Navigate, useNavigate, useSearchParams } from 'react-router';
import { useApi } from '../api/useApi';
import { formatDateTime, isTimeZone } from '../format/time';
import { ErrorPanel } from '../identity/ErrorPanel';
import { OrganizationChoice } from '../me/OrganizationChoice';
import { mayReadAudit, mustChooseTrail } from '../me/permissions';
import { trailName } from '../me/trail';
import { useMe } from '../me/useMe';
import { FilterBar } from '../trail/FilterBar';
import { isFiltered, readView, without, writeView, type View } from '../trail/filters';
import { NewsPill } from '../trail/NewsPill';
import { recordsPath } from '../trail/paths';
import { TrailSwitch } from '../trail/TrailSwitch';
import { useNews } from '../trail/useNews';
import { FaultyAddress } from '../trail/FaultyAddress';
import { addressFaults } from '../trail/addressFaults';
import { Page } from '../ui/Page';
import { PageSkeleton } from '../ui/PageSkeleton';
import { ActivePeople } from './ActivePeople';
import { Figures } from './Figures';
import { addressesOf, peopleOf } from './figures';
import { NeedsAttention } from './NeedsAttention';
import { periodOf } from './period';
import { SignInChart } from './SignInChart';
import { Tiles } from './Tiles';
import { words } from './words';

const useStyles = makeStyles({ quiet: { color: tokens.colorNeutralForeground3 } });

export default function SecurityPage() {
  const { data: me, error, refetch } = useMe();
  const [search, setSearch] = useSearchParams();
  const navigate = useNavigate();
  const view = useMemo(() => readView(search), [search]);
  const { organization } = view;
  const wrong = useMemo(() => addressFaults(search), [search]);
  const apply = (next: View) => {
    if (isFiltered(next)) void navigate(recordsPath(explicit(next)));
    else setSearch(writeView(next));
  };

  // What is counted is of everybody: no number is shown for a filter that it does not hold for.
  if (isFiltered(view) && wrong.length === 0) return <Navigate to={recordsPath(explicit(view))} replace />;
  return (
    <Page title={words.title} lead={organization ? `${trailName(organization)}. ${words.lead}` : words.lead}>
      {error && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {!me && !error && <PageSkeleton heading={false} rows={5} />}
      {me &&
        (organization === undefined && mustChooseTrail(me) ? (
          <OrganizationChoice onChoose={(id) => apply({ ...view, organization: id })} />
        ) : (
          <>
            <TrailSwitch
              organization={organization}
              onChoose={(id) =>
                apply({ ...without(view, 'organization'), ...(id ? { organization: id } : {}) })
              }
            />
            {wrong.length > 0 ? (
              <FaultyAddress path="/security" search={search} wrong={wrong} />
            ) : (
              <Counts key={organization ?? ''} view={view} onChange={apply} />
            )}
          </>
        ))}
    </Page>
  );
}

/** The list of records shows all time unless it is told. */
const explicit = (view: View): View =>
  view.range || view.from || view.to ? view : { ...view, range: 'day' };

function Counts({ view, onChange }: { readonly view: View; readonly onChange: (view: View) => void }) {
  const styles = useStyles();
  const api = useApi();
  const { data: me } = useMe();
  const queryClient = useQueryClient();
  const { organization } = view;
  const [now, setNow] = useState(() => new Date());
  const period = useMemo(() => periodOf(view, now), [view, now]);
  const { by, from, to, compared } = period;
  const summarize = (query: { by: string; from: string; to: string } | undefined) => ({
    queryKey: ['summary', organization, query],
    queryFn: ({ signal }: { signal: AbortSignal }) => api.summarizeAudit({ organization, ...query }, signal),
    enabled: query !== undefined,
    refetchOnWindowFocus: false,
  });
  const counted = useQuery(summarize({ by, from, to }));
  const earlier = useQuery(summarize(compared && { by, ...compared.before }));
  const month = useMemo(() => periodOf({ range: 'month' }, now), [now]);
  const days = useQuery(summarize({ by: 'day', from: month.from, to: month.to }));
  const summary = counted.data;
  const { sequence, time } = summary?.asOf ?? {};
  const news = useNews({ organization }, summary && { sequence: sequence ?? 0, time: time ?? summary.from });
  const refresh = () => {
    setNow(new Date());
    void queryClient.invalidateQueries({ queryKey: ['summary'] });
  };
  const change = (next: View) => {
    setNow(new Date());
    onChange(next);
  };
  const shown = explicit(view);
  const suggestions = useMemo(
    () => ({
      person: summary ? peopleOf(summary.buckets).map(({ person }) => person) : [],
      ip: summary ? addressesOf(summary.buckets).map(({ ip }) => ip) : [],
    }),
    [summary],
  );

  // One that is none is as good as none.
  const zone = view.zone && isTimeZone(view.zone) ? view.zone : undefined;

  return (
    <>
      {mayReadAudit(me) && (
        <FilterBar view={view} suggestions={suggestions} usual="day" onChange={change}>
          <Text size={200} className={styles.quiet}>
            {words.filterHint}
          </Text>
        </FilterBar>
      )}
      {counted.isPending && <PageSkeleton heading={false} rows={5} />}
      {counted.error && <ErrorPanel error={counted.error} onRetry={() => void counted.refetch()} />}
      {summary && (
        <>
          <NeedsAttention
            items={summary.attention}
            said={words.counted(formatDateTime(summary.from, zone), formatDateTime(summary.to, zone))}
            organization={organization}
            zone={zone}
          />
          <Tiles summary={summary} before={earlier.data} compared={compared} place={{ organization, zone }} />
          <SignInChart summary={summary} view={shown} />
          <Figures summary={summary} view={shown} />
          {days.data && <ActivePeople days={days.data} />}
          <Text size={200} className={styles.quiet}>
            {words.counted(formatDateTime(summary.from, zone), formatDateTime(summary.to, zone))}{' '}
            {compared &&
              words.compared(
                formatDateTime(compared.now.to, zone),
                formatDateTime(compared.before.from, zone),
                formatDateTime(compared.before.to, zone),
              )}
          </Text>
        </>
      )}
      <NewsPill news={news} onShow={refresh} />
    </>
  );
}
