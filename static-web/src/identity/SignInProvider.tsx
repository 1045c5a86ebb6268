import { Auth0Provider, type AppState } from '@auth0/auth0-react';
import type { ReactNode } from 'react';
import type { SiteConfig } from '../config/config';
import { callbackPath } from './returnTo';

/**
 * Authorization code with PKCE; tokens live in memory only, so a reload asks the identity provider silently
 * (the fallback of useRefreshTokens) instead of reading a store that scripts could steal from.
 */
export function SignInProvider(props: {
  readonly config: SiteConfig['auth0'];
  readonly onReturn?: (state?: AppState) => void;
  readonly children: ReactNode;
}) {
  const { domain, clientId, audience, organization } = props.config;
  return (
    <Auth0Provider
      domain={domain}
      clientId={clientId}
      useRefreshTokens
      useRefreshTokensFallback
      cacheLocation="memory"
      skipRedirectCallback={window.location.pathname !== callbackPath}
      {...(props.onReturn ? { onRedirectCallback: props.onReturn } : {})}
      authorizationParams={{
        audience,
        redirect_uri: window.location.origin + callbackPath,
        scope: 'openid profile email',
        ...(organization ? { organization } : {}),
      }}
    >
      {props.children}
    </Auth0Provider>
  );
}
