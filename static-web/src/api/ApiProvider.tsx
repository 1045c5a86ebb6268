import { useAuth0 } from '@auth0/auth0-react';
import { useMemo, type ReactNode } from 'react';
import { ApiContext } from './useApi';
import { createApi } from './client';

export function ApiProvider({ url, children }: { readonly url: string; readonly children: ReactNode }) {
  const { getAccessTokenSilently } = useAuth0();
  const api = useMemo(() => createApi(url, () => getAccessTokenSilently()), [url, getAccessTokenSilently]);
  return <ApiContext.Provider value={api}>{children}</ApiContext.Provider>;
}
