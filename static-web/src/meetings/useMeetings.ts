import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { MeetingPage } from '../api/types';
import { useApi } from '../api/useApi';
import { append, renew } from './pages';
import { toQuery, type View } from './view';

/** The meetings of a view as far as somebody has read. Looking again, by time or focus, asks for the first page alone. */
export function useMeetings(view: View) {
  const api = useApi();
  const queryClient = useQueryClient();
  const queryKey = ['meetings', view];
  const list = useQuery({
    queryKey,
    queryFn: async ({ signal }) => {
      const head = await api.listMeetings(toQuery(view), signal);
      return renew(queryClient.getQueryData<MeetingPage>(queryKey), head);
    },
    // While somebody types, what was found before stays.
    placeholderData: (before, query) =>
      (query?.queryKey[1] as View | undefined)?.when === view.when ? before : undefined,
    refetchInterval: 60_000,
  });
  const more = useMutation({
    mutationFn: (cursor: string) => api.listMeetings({ ...toQuery(view), cursor }),
    onSuccess: (next) =>
      queryClient.setQueryData<MeetingPage>(queryKey, (before) => before && append(before, next)),
  });
  return { list, more };
}
