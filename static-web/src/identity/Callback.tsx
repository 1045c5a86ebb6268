import { useAuth0 } from '@auth0/auth0-react';
import { Spinner } from '@fluentui/react-components';
import { Navigate } from 'react-router';
import { text } from '../text';
import { useTitle } from '../ui/useTitle';
import { SignInNeeded } from './SignInNeeded';

/** Where a sign-in comes back to; it moves on by itself unless the sign-in failed. */
export function Callback() {
  const { error, isLoading } = useAuth0();
  useTitle(text.callback.title);
  if (error) return <SignInNeeded />;
  return isLoading ? <Spinner label={text.callback.working} /> : <Navigate to="/" replace />;
}
