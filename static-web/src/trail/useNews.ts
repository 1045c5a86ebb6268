import { useQuery } from '@tanstack/react-query';
import { useApi } from '../api/useApi';
import type { AuditRecord } from '../api/types';
import { useMe } from '../me/useMe';
import type { Query } from './filters';

const everyMilliseconds = 5_000;
const most = 20;

export interface News {
  readonly count: number;
  /** Whether there may be more than were counted. */
  readonly more: boolean;
}

/**
 * How many records of a view came behind the last one that is shown: asked a few seconds apart, while the page is seen, and only for
 * what was recorded since. That the reader reads is no news to them.
 */
export function useNews(
  query: Query,
  seen: { readonly sequence: number; readonly time: string | undefined } | undefined,
): News {
  const api = useApi();
  const { data: me } = useMe();
  const latest = useQuery({
    queryKey: ['news', query, seen?.sequence],
    queryFn: ({ signal }) => api.listAudit({ ...query, from: seen?.time, limit: String(most) }, signal),
    enabled: seen !== undefined && query['to'] === undefined,
    refetchInterval: everyMilliseconds,
    staleTime: everyMilliseconds,
    // The list itself tells of failures.
    retry: false,
  });
  const records = latest.data?.records ?? [];
  const isNews = ({ sequence, action, actor }: AuditRecord) =>
    sequence > (seen?.sequence ?? Infinity) &&
    !(action.startsWith('audit.') && actor.subject === me?.subject);
  return { count: records.filter(isNews).length, more: records.length === most };
}
