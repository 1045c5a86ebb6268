import { Button, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import { useSearchParams } from 'react-router';
import { useApi } from '../api/useApi';
import { mayReadAudit, mustChooseTrail } from '../me/permissions';
import { useMe } from '../me/useMe';
import { ErrorPanel } from '../identity/ErrorPanel';
import { Page } from '../ui/Page';
import { PageSkeleton } from '../ui/PageSkeleton';
import { Panel } from '../ui/Panel';
import { TextLink } from '../ui/TextLink';
import { useListStyles } from '../ui/useListStyles';
import { Activity } from './Activity';
import { AuditEntry } from './AuditEntry';
import { AuditFilters } from './AuditFilters';
import { ExportMenu } from './ExportMenu';
import { readFilters, toQuery, writeFilters, type Filters } from './filters';
import { TrailShield } from './TrailShield';
import { OrganizationChoice } from '../me/OrganizationChoice';
import { trailName } from '../me/trail';
import { words } from './words';

const useStyles = makeStyles({
  foot: { display: 'grid', justifyItems: 'center', color: tokens.colorNeutralForeground3 },
});

export default function AuditPage() {
  const { data: me, error, refetch } = useMe();
  const [search, setSearch] = useSearchParams();
  const filters = useMemo(() => readFilters(search), [search]);
  const query = useMemo(() => toQuery(filters), [filters]);
  const apply = (next: Filters) => setSearch(writeFilters(next));
  const { organization } = filters;
  const isOpen = me !== undefined && (organization !== undefined || !mustChooseTrail(me));

  return (
    <Page
      title={words.title}
      lead={organization ? `${trailName(organization)}. ${words.lead}` : words.lead}
      action={isOpen && mayReadAudit(me) && <ExportMenu query={query} />}
    >
      {error && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {!me && !error && <PageSkeleton heading={false} rows={5} />}
      {me && !isOpen && <OrganizationChoice onChoose={(id) => apply({ ...filters, organization: id })} />}
      {isOpen && mayReadAudit(me) && (
        <>
          <AuditFilters filters={filters} onApply={apply} />
          <Activity key={search.toString()} query={query} />
          <TrailShield organization={organization} />
          <TextLink to={`/audit/verify?${writeFilters(organization ? { organization } : {}).toString()}`}>
            {words.verify}
          </TextLink>
        </>
      )}
      {isOpen && <Records query={query} isFiltered={Object.keys(filters).length > 0} />}
    </Page>
  );
}

function Records(props: {
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly isFiltered: boolean;
}) {
  const styles = useStyles();
  const lists = useListStyles();
  const api = useApi();
  const { query } = props;
  const trail = useInfiniteQuery({
    queryKey: ['audit', query],
    queryFn: ({ pageParam, signal }) => api.listAudit({ ...query, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.cursor ?? undefined,
  });
  const records = trail.data?.pages.flatMap((page) => page.records) ?? [];
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = trail;

  const foot = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!foot.current || !hasNextPage || isFetchingNextPage) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) void fetchNextPage();
      },
      { rootMargin: '400px' },
    );
    observer.observe(foot.current);
    return () => observer.disconnect();
  }, [fetchNextPage, hasNextPage, isFetchingNextPage]);

  return (
    <>
      {trail.isPending && <PageSkeleton heading={false} rows={5} />}
      {trail.error && <ErrorPanel error={trail.error} onRetry={() => void trail.refetch()} />}
      {trail.isSuccess && records.length === 0 && (
        <Panel title={words.emptyTitle}>{props.isFiltered ? words.empty : words.emptyAll}</Panel>
      )}
      {records.length > 0 && (
        <>
          <ol className={lists.rows} aria-label={words.list} aria-busy={isFetchingNextPage}>
            {records.map((record) => (
              <li key={record.id}>
                <AuditEntry record={record} />
              </li>
            ))}
          </ol>
          <div ref={foot} className={styles.foot}>
            {isFetchingNextPage ? (
              <Spinner size="small" label={words.loadingMore} />
            ) : hasNextPage ? (
              <Button onClick={() => void fetchNextPage()}>{words.more}</Button>
            ) : (
              <Text>{words.end}</Text>
            )}
          </div>
        </>
      )}
    </>
  );
}
