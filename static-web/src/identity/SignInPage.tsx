import { useAuth0 } from '@auth0/auth0-react';
import { Spinner } from '@fluentui/react-components';
import { useEffect, useRef } from 'react';
import { Navigate } from 'react-router';
import { useTitle } from '../ui/useTitle';
import { useSignIn } from './useSignIn';
import { words } from './words';

/** Goes straight on to the identity provider. */
export function SignInPage() {
  const { isAuthenticated, isLoading } = useAuth0();
  const { signInInstead } = useSignIn();
  const leaving = useRef(false);
  useTitle(words.returningTitle);

  useEffect(() => {
    if (isLoading || isAuthenticated || leaving.current) return;
    leaving.current = true;
    signInInstead('/');
  }, [isAuthenticated, isLoading, signInInstead]);

  return isAuthenticated ? <Navigate to="/" replace /> : <Spinner label={words.leaving} />;
}
