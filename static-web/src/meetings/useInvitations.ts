import { useQuery } from '@tanstack/react-query';
import { useApi } from '../api/useApi';
import { meetingKey } from './useMeetingCache';

export const invitationsKey = (id: number) => [...meetingKey(id), 'invitations'];

/** The invitations to a meeting that are out, for its host and those who manage it. */
export function useInvitations(id: number, enabled = true) {
  const api = useApi();
  return useQuery({
    queryKey: invitationsKey(id),
    queryFn: ({ signal }) => api.listInvitations(id, signal),
    enabled,
  });
}
