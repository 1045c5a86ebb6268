import { useAuth0 } from '@auth0/auth0-react';
import { useEffect, useState } from 'react';
import { Outlet } from 'react-router';
import { PageSkeleton } from '../ui/PageSkeleton';
import { SignInEnded } from './SignInEnded';
import { SignInNeeded } from './SignInNeeded';

/** A page for whoever is signed in. It stays when the sign-in ends, so that nothing that was typed is lost, and goes on after the next one. */
export function RequireSignIn() {
  const { isAuthenticated, isLoading, user } = useAuth0();
  const [person, setPerson] = useState<string>();
  const present = isAuthenticated ? user?.sub : undefined;
  if (present && !person) setPerson(present);

  useEffect(() => {
    // What is there is not for whoever comes next.
    if (person && present && present !== person) window.location.reload();
  }, [person, present]);

  if (!person && !present) return isLoading ? <PageSkeleton /> : <SignInNeeded />;
  return (
    <>
      {!present && <SignInEnded />}
      <Outlet />
    </>
  );
}
