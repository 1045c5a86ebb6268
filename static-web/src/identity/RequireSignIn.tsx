import { useAuth0 } from '@auth0/auth0-react';
import { useState } from 'react';
import { Outlet } from 'react-router';
import { PageSkeleton } from '../ui/PageSkeleton';
import { SignInNeeded } from './SignInNeeded';

export function RequireSignIn() {
  const { isAuthenticated, isLoading } = useAuth0();
  const [wasSignedIn, setWasSignedIn] = useState(isAuthenticated);
  if (isAuthenticated && !wasSignedIn) setWasSignedIn(true);
  if (isAuthenticated) return <Outlet />;
  return isLoading ? <PageSkeleton /> : <SignInNeeded ended={wasSignedIn} />;
}
