import type { AppState } from '@auth0/auth0-react';
import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, useState } from 'react';
import { BrowserRouter, Outlet, Route, Routes, useNavigate } from 'react-router';
import type { SiteConfig } from '../config/config';
import { Home } from './Home';
import { Callback } from '../identity/Callback';
import { RequireSignIn } from '../identity/RequireSignIn';
import { callbackPath, safeReturnTo } from '../identity/returnTo';
import { SessionGuard } from '../identity/SessionGuard';
import { SignInPage } from '../identity/SignInPage';
import { SignInProvider } from '../identity/SignInProvider';
import { createQueryClient } from './queryClient';
import { NotFound } from './NotFound';
import { SettingsProvider } from '../config/settings';
import { Shell } from './Shell';

// Everything behind the sign-in comes when it is needed.
const MeetingsPage = lazy(() => import('../meetings/MeetingsPage'));
const MeetingPage = lazy(() => import('../meetings/page/MeetingPage'));
const JoinPage = lazy(() => import('../join/JoinPage'));
const AuditPage = lazy(() => import('../audit/AuditPage'));
const RecordPage = lazy(() => import('../audit/RecordPage'));
const SecurityPage = lazy(() => import('../security/SecurityPage'));
const StoryPage = lazy(() => import('../security/StoryPage'));
const VerifyPage = lazy(() => import('../verify/VerifyPage'));
const MePage = lazy(() => import('../me/MePage'));

export function App({ config }: { readonly config: SiteConfig }) {
  return (
    <BrowserRouter>
      <Site config={config} />
    </BrowserRouter>
  );
}

function Site({ config }: { readonly config: SiteConfig }) {
  const navigate = useNavigate();
  const [queryClient] = useState(createQueryClient);

  const onReturn = (state?: AppState) => {
    const target = safeReturnTo(state?.returnTo);
    // The room is a document of its own.
    if (target.startsWith('/room')) window.location.replace(target);
    else void navigate(target, { replace: true });
  };

  return (
    <SettingsProvider value={config}>
      <SignInProvider config={config.auth0} onReturn={onReturn}>
        <QueryClientProvider client={queryClient}>
          <SessionGuard url={config.apiUrl} frame={Shell}>
            <Routes>
              <Route index element={<Home />} />
              <Route
                element={
                  <Shell>
                    <Outlet />
                  </Shell>
                }
              >
                <Route path="/sign-in" element={<SignInPage />} />
                <Route path={callbackPath} element={<Callback />} />
                <Route path="/join" element={<JoinPage />} />
                <Route path="/audit/verify" element={<VerifyPage />} />
                <Route element={<RequireSignIn />}>
                  <Route path="/meetings" element={<MeetingsPage />} />
                  <Route path="/meetings/:id" element={<MeetingPage />} />
                  <Route path="/audit" element={<AuditPage />} />
                  <Route path="/audit/:sequence" element={<RecordPage />} />
                  <Route path="/security" element={<SecurityPage />} />
                  <Route path="/security/people/:person" element={<StoryPage />} />
                  <Route path="/me" element={<MePage />} />
                </Route>
                <Route path="*" element={<NotFound />} />
              </Route>
            </Routes>
          </SessionGuard>
        </QueryClientProvider>
      </SignInProvider>
    </SettingsProvider>
  );
}
