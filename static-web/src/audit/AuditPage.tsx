import { Button, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import { useSearchParams } from 'react-router';
import { useApi } from '../api/useApi';
import { text } from '../text';
import { ErrorPanel } from '../ui/ErrorPanel';
import { Page } from '../ui/Page';
import { PageSkeleton } from '../ui/PageSkeleton';
import { Panel } from '../ui/Panel';
import { AuditEntry } from './AuditEntry';
import { AuditFilters } from './AuditFilters';
import { ExportMenu } from './ExportMenu';
import { readFilters, toQuery, writeFilters, type Filters } from './filters';

const useStyles = makeStyles({
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusLarge,
    boxShadow: tokens.shadow2,
    '& > li + li': { borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  },
  foot: { display: 'grid', justifyItems: 'center', color: tokens.colorNeutralForeground3 },
});

const words = text.audit;

export default function AuditPage() {
  const styles = useStyles();
  const api = useApi();
  const [search, setSearch] = useSearchParams();
  const filters = useMemo(() => readFilters(search), [search]);
  const query = useMemo(() => toQuery(filters), [filters]);

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

  const apply = (next: Filters) => setSearch(writeFilters(next));

  return (
    <Page title={words.title} lead={words.lead} action={<ExportMenu query={query} />}>
      <AuditFilters filters={filters} onApply={apply} />
      {trail.isPending && <PageSkeleton heading={false} rows={5} />}
      {trail.error && <ErrorPanel error={trail.error} onRetry={() => void trail.refetch()} />}
      {trail.isSuccess && records.length === 0 && (
        <Panel title={words.emptyTitle}>
          {Object.keys(filters).length > 0 ? words.empty : words.emptyAll}
        </Panel>
      )}
      {records.length > 0 && (
        <>
          <ol className={styles.list} aria-label={words.list} aria-busy={isFetchingNextPage}>
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
    </Page>
  );
}
