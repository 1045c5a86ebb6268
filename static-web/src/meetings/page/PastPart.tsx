import { Button, Text } from '@fluentui/react-components';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { meetingKey } from '../useMeetingCache';
import { RecordedPart } from './RecordedPart';
import { usePartStyles } from './usePartStyles';
import { words } from './words';

interface Page {
  readonly cursor?: string;
}

/** What was in past instances. */
export function PastPart<T extends Page>(props: {
  readonly id: number;
  readonly name: 'participants' | 'recordings';
  readonly texts: {
    readonly title: string;
    readonly why: string;
    readonly show: string;
    readonly none: string;
  };
  readonly read: (query: { cursor: string | undefined }, signal: AbortSignal) => Promise<T>;
  readonly count: (page: T) => number;
  readonly children: (pages: readonly T[]) => ReactNode;
}) {
  const styles = usePartStyles();
  const { id, name, texts, read, count } = props;
  const { none, ...told } = texts;
  const [isWanted, setWanted] = useState(false);
  const past = useInfiniteQuery({
    queryKey: [...meetingKey(id), name],
    queryFn: ({ pageParam, signal }) => read({ cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.cursor,
    enabled: isWanted,
    // Each look is recorded, so none is made unasked.
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const pages = past.data?.pages ?? [];

  return (
    <RecordedPart
      {...told}
      state={past.isFetching ? 'asking' : past.data ? 'shown' : 'hidden'}
      error={past.error}
      onShow={() => (isWanted ? void past.refetch() : setWanted(true))}
    >
      {past.data && pages.every((page) => count(page) === 0) && !past.hasNextPage && (
        <Text role="status">{none}</Text>
      )}
      {props.children(pages)}
      {past.hasNextPage && !past.isFetching && (
        <Button className={styles.start} onClick={() => void past.fetchNextPage()}>
          {words.more}
        </Button>
      )}
    </RecordedPart>
  );
}
