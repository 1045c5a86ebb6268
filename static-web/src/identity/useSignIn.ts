import { useAuth0 } from '@auth0/auth0-react';
import { useCallback } from 'react';
import { here } from './returnTo';

/** Each of these leaves for the identity provider, and comes back to `returnTo`, the current place by default. */
export function useSignIn() {
  const { loginWithRedirect } = useAuth0();
  return {
    signIn: useCallback(
      (returnTo: string = here()) => void loginWithRedirect({ appState: { returnTo } }),
      [loginWithRedirect],
    ),
    /** Asks who it is even where the identity provider knows somebody. */
    signInAnew: useCallback(
      (returnTo: string = here()) =>
        void loginWithRedirect({ appState: { returnTo }, authorizationParams: { prompt: 'login' } }),
      [loginWithRedirect],
    ),
    /** Leaves no trace of the current address, so that Back does not lead into the same again. */
    signInInstead: useCallback(
      (returnTo: string) =>
        void loginWithRedirect({
          appState: { returnTo },
          openUrl: (address) => window.location.replace(address),
        }),
      [loginWithRedirect],
    ),
  };
}
