import { useInfiniteQuery } from '@tanstack/react-query';
import { useApi } from '../api/useApi';

/** The organisation's meetings, page by page: those that are not past, or the past ones. */
export function useMeetings(when?: 'past') {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: ['meetings', when ?? 'current'],
    queryFn: ({ pageParam, signal }) => api.listMeetings({ when, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.cursor ?? undefined,
    refetchInterval: 60_000,
  });
}
