import { Button, Spinner, Text } from '@fluentui/react-components';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ErrorPanel } from '../identity/ErrorPanel';
import { Part } from './Part';
import { meetingKey } from './useMeetingCache';
import { usePartStyles } from './usePartStyles';
import { meetingWords, words as listWords } from './words';

interface Page {
  readonly cursor?: string;
}

/** What was in past instances: asked for only when somebody wants to see it, since that is on record. */
export function PastPart<T extends Page>(props: {
  readonly id: number;
  readonly name: 'participants' | 'recordings';
  readonly words: {
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
  const { id, name, words, read, count } = props;
  const [isShown, setShown] = useState(false);
  const past = useInfiniteQuery({
    queryKey: [...meetingKey(id), name],
    queryFn: ({ pageParam, signal }) => read({ cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.cursor,
    enabled: isShown,
    // Each look is recorded, so none is made unasked.
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const pages = past.data?.pages ?? [];

  return (
    <Part title={words.title}>
      <Text className={styles.quiet}>{words.why}</Text>
      {!isShown && !past.data && (
        <Button className={styles.start} onClick={() => setShown(true)}>
          {words.show}
        </Button>
      )}
      {past.isFetching && <Spinner size="small" label={listWords.loading} />}
      {past.error && <ErrorPanel error={past.error} onRetry={() => void past.refetch()} />}
      {past.data && pages.every((page) => count(page) === 0) && !past.hasNextPage && (
        <Text role="status">{words.none}</Text>
      )}
      {props.children(pages)}
      {past.hasNextPage && !past.isFetching && (
        <Button className={styles.start} onClick={() => void past.fetchNextPage()}>
          {meetingWords.more}
        </Button>
      )}
    </Part>
  );
}
