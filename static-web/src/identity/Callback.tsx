import { useAuth0 } from '@auth0/auth0-react';
import { Spinner } from '@fluentui/react-components';
import { useState } from 'react';
import { Navigate } from 'react-router';
import { useTitle } from '../ui/useTitle';
import { SignInNeeded } from './SignInNeeded';
import { words } from './words';

/** Where a sign-in comes back to; the provider's onReturn moves on from here unless the sign-in failed. */
export function Callback() {
  const { error } = useAuth0();
  // Moving on takes a moment after the sign-in has succeeded: going home meanwhile would overtake it.
  const [returning] = useState(() => new URLSearchParams(window.location.search).has('state'));
  useTitle(words.returningTitle);
  if (error) return <SignInNeeded />;
  return returning ? <Spinner label={words.returning} /> : <Navigate to="/" replace />;
}
