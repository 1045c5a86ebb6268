import { useAuth0 } from '@auth0/auth0-react';
import { Navigate } from 'react-router';
import { useSettings } from '../config/settings';
import { Shell } from '../app/Shell';
import { useSignIn } from '../identity/useSignIn';
import { startPage } from '../me/permissions';
import { useMe } from '../me/useMe';
import { ErrorPanel } from '../identity/ErrorPanel';
import { PageSkeleton } from '../ui/PageSkeleton';
import { Landing } from '../home/Landing';

/** Visitors see the landing page; who is signed in goes on to the page that serves them. */
export function Home() {
  const { sandbox } = useSettings();
  const { isAuthenticated, isLoading } = useAuth0();
  const { signIn } = useSignIn();
  const { data: me, error, refetch } = useMe();
  if (me) return <Navigate to={startPage(me)} replace />;
  if (!isAuthenticated && !isLoading) return <Landing sandbox={sandbox} onSignIn={() => signIn('/')} />;
  return (
    <Shell>{error ? <ErrorPanel error={error} onRetry={() => void refetch()} /> : <PageSkeleton />}</Shell>
  );
}
