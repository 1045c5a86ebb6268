import { useAuth0 } from '@auth0/auth0-react';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../api/useApi';
import { rememberPermissions } from './rememberedPermissions';

/** Who the API says I am: it decides, the page only follows. */
export function useMe() {
  const api = useApi();
  const { isAuthenticated } = useAuth0();
  return useQuery({
    queryKey: ['me'],
    queryFn: async ({ signal }) => rememberPermissions(await api.me(signal)),
    enabled: isAuthenticated,
    staleTime: 5 * 60_000,
  });
}
