import { useAuth0 } from '@auth0/auth0-react';
import { useCallback } from 'react';
import { here } from './returnTo';

/** Signing in comes back to `returnTo`, the current place by default; signing out goes to the first page. */
export function useSignIn() {
  const { loginWithRedirect, logout } = useAuth0();
  return {
    signIn: useCallback(
      (returnTo: string = here()) => void loginWithRedirect({ appState: { returnTo } }),
      [loginWithRedirect],
    ),
    signOut: useCallback(() => void logout({ logoutParams: { returnTo: window.location.origin } }), [logout]),
  };
}
