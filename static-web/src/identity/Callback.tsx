import { useAuth0 } from '@auth0/auth0-react';
import { Spinner } from '@fluentui/react-components';
import { useState } from 'react';
import { Navigate } from 'react-router';
import { text } from '../text';
import { useTitle } from '../ui/useTitle';
import { SignInNeeded } from './SignInNeeded';

/** Where a sign-in comes back to; the provider's onReturn moves on from here unless the sign-in failed. */
export function Callback() {
  const { error } = useAuth0();
  // Moving on takes a moment after the sign-in has succeeded: going home meanwhile would overtake it.
  const [returning] = useState(() => new URLSearchParams(window.location.search).has('state'));
  useTitle(text.callback.title);
  if (error) return <SignInNeeded />;
  return returning ? <Spinner label={text.callback.working} /> : <Navigate to="/" replace />;
}
