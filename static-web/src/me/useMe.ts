import { useAuth0 } from '@auth0/auth0-react';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../api/useApi';

/** Who the API says I am: it decides, the page only follows. */
export function useMe() {
  const api = useApi();
  const { isAuthenticated } = useAuth0();
  return useQuery({
    queryKey: ['me'],
    queryFn: ({ signal }) => api.me(signal),
    enabled: isAuthenticated,
    staleTime: 5 * 60_000,
  });
}
