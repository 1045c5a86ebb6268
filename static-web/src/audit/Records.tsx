import { Button, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { AuditRecord } from '../api/types';
import { useApi } from '../api/useApi';
import { ErrorPanel } from '../identity/ErrorPanel';
import { isCounted, meets, type Condition } from '../trail/conditions';
import { FilterBar } from '../trail/FilterBar';
import { FilterChips } from '../trail/FilterChips';
import type { Query, View } from '../trail/filters';
import { narrow } from '../trail/narrow';
import { NewsPill } from '../trail/NewsPill';
import { RecordDrawer } from '../trail/RecordDrawer';
import { suggestionsOf } from '../trail/suggestions';
import { useNews } from '../trail/useNews';
import { PageSkeleton } from '../ui/PageSkeleton';
import { Panel } from '../ui/Panel';
import { DeedList } from './DeedList';
import { foldOperations, type Deed } from './fold';
import { words } from './words';

const useStyles = makeStyles({
  foot: {
    display: 'grid',
    justifyItems: 'center',
    gap: tokens.spacingVerticalS,
    color: tokens.colorNeutralForeground3,
    textAlign: 'center',
  },
});

const pageSize = '100';
/** What was counted may stand behind much that was recorded later: so much of it is passed over unasked. */
const [seekingPageSize, mostSought] = ['500', 10_000];

/** The records of a view under its filters, page by page as far as somebody looks. */
export function Records(props: {
  readonly query: Query;
  readonly view: View;
  readonly conditions: readonly Condition[];
  /** Whether the reader may read trails at all: else the API says why not. */
  readonly isReader: boolean;
  readonly isFiltered: boolean;
  readonly onChange: (view: View, conditions: readonly Condition[]) => void;
  readonly onNews: () => void;
  /** Between the filters and the records. */
  readonly children: ReactNode;
}) {
  const styles = useStyles();
  const api = useApi();
  const { query, view, conditions, onChange } = props;
  const [shown, setShown] = useState<{ readonly deed: Deed; readonly record: AuditRecord }>();
  const isSpan = conditions.some(isCounted);
  const trail = useInfiniteQuery({
    queryKey: ['audit', query, isSpan],
    queryFn: ({ pageParam, signal }) =>
      api.listAudit({ ...query, limit: isSpan ? seekingPageSize : pageSize, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.cursor ?? undefined,
    // What is new is told, and shown when it is asked for: many pages are not loaded again unasked.
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = trail;
  const pages = trail.data?.pages;
  const records = useMemo(() => pages?.flatMap((page) => page.records) ?? [], [pages]);
  const kept = useMemo(() => records.filter((record) => meets(record, conditions)), [records, conditions]);
  const deeds = useMemo(() => foldOperations(kept), [kept]);
  const suggestions = useMemo(() => suggestionsOf(records), [records]);
  const newest = records[0];
  const news = useNews(
    query,
    newest
      ? { sequence: newest.sequence, time: newest.recordedAt }
      : trail.isSuccess
        ? { sequence: 0, time: query['from'] }
        : undefined,
  );
  const looked = pages?.map((page) => page.lookedAt).filter((range) => range !== undefined);
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, hasNextPage, isFetchingNextPage]);
  // What failed is asked for again by hand; and where most is left out, so is what goes on, lest it be the whole trail.
  const goesOn = !isFetchNextPageError && kept.length * 4 >= records.length;
  const nearEnd = useCallback(() => {
    if (goesOn) more();
  }, [goesOn, more]);

  const isSeeking = isSpan && kept.length === 0 && records.length < mostSought && !isFetchNextPageError;
  useEffect(() => {
    if (isSeeking) more();
  }, [isSeeking, more]);

  return (
    <>
      {props.isReader && (
        <FilterBar
          view={view}
          suggestions={suggestions}
          usual="all"
          onChange={(next) => onChange(next, conditions)}
        >
          <FilterChips view={view} conditions={conditions} onChange={onChange} />
        </FilterBar>
      )}
      {props.children}
      {trail.isPending && <PageSkeleton heading={false} rows={5} />}
      {trail.error && <ErrorPanel error={trail.error} onRetry={() => void trail.refetch()} />}
      {trail.isSuccess && records.length === 0 && !hasNextPage && (
        <Panel title={words.emptyTitle}>{props.isFiltered ? words.empty : words.emptyAll}</Panel>
      )}
      {deeds.length > 0 && (
        <DeedList
          deeds={deeds}
          zone={view.zone}
          isBusy={isFetchingNextPage}
          onShow={(deed, record) => setShown({ deed, record })}
          onNearEnd={nearEnd}
        />
      )}
      {trail.isSuccess && (
        <div className={styles.foot}>
          {records.length > kept.length && <Text>{words.leftOut(records.length - kept.length)}</Text>}
          {looked && looked.length > 0 && <Text>{words.lookedAt(looked.at(-1)!.from, looked[0]!.to)}</Text>}
          {isFetchingNextPage ? (
            <Spinner size="small" label={words.loadingMore} />
          ) : hasNextPage ? (
            <Button onClick={more}>{words.more}</Button>
          ) : (
            records.length > 0 && <Text>{words.end}</Text>
          )}
        </div>
      )}
      <NewsPill news={news} onShow={props.onNews} />
      {shown && (
        <RecordDrawer
          record={shown.record}
          siblings={[shown.deed.record, ...shown.deed.others].filter((one) => one !== shown.record)}
          organization={view.organization}
          zone={view.zone}
          onNarrow={(narrowing) => {
            const next = narrow(view, conditions, narrowing);
            onChange(next.view, next.conditions);
          }}
          onClose={() => setShown(undefined)}
        />
      )}
    </>
  );
}
