import { useQuery } from '@tanstack/react-query';
import { useApi } from '../api/useApi';

const recentMilliseconds = 60 * 60_000;

/** The server's own verification of the last hour of a trail: how far it is signed. The Verify page takes nobody's word for it. */
export function useCovered(organization: string | undefined) {
  const api = useApi();
  return useQuery({
    queryKey: ['verification', organization],
    queryFn: ({ signal }) => {
      const from = new Date(Date.now() - recentMilliseconds).toISOString();
      return api.verifyAudit({ organization, from }, signal);
    },
    staleTime: 60_000,
  });
}
