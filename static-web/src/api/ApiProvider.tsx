import { useAuth0 } from '@auth0/auth0-react';
import { useMemo, type ReactNode } from 'react';
import { ApiContext } from './useApi';
import { createApi } from './client';

export function ApiProvider(props: {
  readonly url: string;
  /** Called when the API says that the sign-in's access has ended. */
  readonly onRevoked?: () => void;
  readonly children: ReactNode;
}) {
  const { url, onRevoked, children } = props;
  const { getAccessTokenSilently } = useAuth0();
  const api = useMemo(
    () => createApi(url, () => getAccessTokenSilently(), onRevoked),
    [url, getAccessTokenSilently, onRevoked],
  );
  return <ApiContext.Provider value={api}>{children}</ApiContext.Provider>;
}
