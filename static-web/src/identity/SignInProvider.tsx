import { Auth0Provider, type AppState } from '@auth0/auth0-react';
import type { ReactNode } from 'react';
import type { SiteConfig } from '../config/config';
import { callbackPath } from './returnTo';

/**
 * How long the token endpoint may take, in seconds. After it the library asks again, and a code or a refresh token
 * that is shown twice is refused and ends the sign-in (RFC 6749, 4.1.2; RFC 9700, 4.14.2): its own ten seconds are
 * too short for a slow network.
 */
const tokenSeconds = 60;

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
      httpTimeoutInSeconds={tokenSeconds}
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
