import { useAuth0 } from '@auth0/auth0-react';
import {
  Button,
  makeStyles,
  mergeClasses,
  PortalMountNodeProvider,
  Text,
  tokens,
} from '@fluentui/react-components';
import { Suspense, useEffect, useRef, useState, type ReactNode } from 'react';
import { NavLink, useLocation } from 'react-router';
import { hasSession } from '../identity/session';
import { useSignIn } from '../identity/useSignIn';
import { useSignOut } from '../identity/useSignOut';
import { may, mayReadAudit } from '../me/permissions';
import { recallPermissions } from '../me/rememberedPermissions';
import { useMe } from '../me/useMe';
import { ErrorBoundary } from '../ui/ErrorBoundary';
import { Logo } from '../ui/Logo';
import { PageSkeleton } from '../ui/PageSkeleton';
import { SandboxNote } from '../ui/SandboxNote';
import { focusFirstInvalid } from '../ui/focusFirstInvalid';
import { useSettings } from '../config/settings';
import { words as identityWords } from '../identity/words';
import { words } from './words';

const focusRing = {
  outlineWidth: '2px',
  outlineStyle: 'solid',
  outlineColor: tokens.colorStrokeFocus2,
  outlineOffset: '2px',
} as const;

const useStyles = makeStyles({
  shell: { minHeight: '100vh', display: 'flex', flexDirection: 'column' },
  skip: {
    position: 'absolute',
    left: tokens.spacingHorizontalM,
    top: '-4rem',
    padding: tokens.spacingHorizontalM,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
    borderRadius: tokens.borderRadiusMedium,
    boxShadow: tokens.shadow16,
    zIndex: 10,
    ':focus': { top: tokens.spacingVerticalS, ...focusRing },
  },
  header: {
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  bar: {
    maxWidth: '64rem',
    boxSizing: 'border-box',
    margin: '0 auto',
    minHeight: '3.5rem',
    padding: `0 ${tokens.spacingHorizontalL}`,
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalXL,
  },
  brand: {
    display: 'flex',
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    borderRadius: tokens.borderRadiusMedium,
    ':focus-visible': focusRing,
  },
  // On a phone the person's name is worth more than the product's, which is still read out.
  mark: {
    '@media (max-width: 640px)': {
      '& > span > span': { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden' },
    },
  },
  nav: {
    display: 'flex',
    gap: tokens.spacingHorizontalXS,
    flexGrow: 1,
    // As high as its links, before they come: on a phone it has a row of its own.
    minHeight: '2.875rem',
    '@media (max-width: 640px)': { order: 3, flexBasis: '100%', marginLeft: `-${tokens.spacingHorizontalM}` },
  },
  link: {
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalM}`,
    color: tokens.colorNeutralForeground2,
    textDecorationLine: 'none',
    fontSize: tokens.fontSizeBase300,
    // Also above, so that the words stay in the middle.
    borderTop: '2px solid transparent',
    borderBottom: '2px solid transparent',
    borderRadius: `${tokens.borderRadiusMedium} ${tokens.borderRadiusMedium} 0 0`,
    ':hover': { color: tokens.colorNeutralForeground1, backgroundColor: tokens.colorSubtleBackgroundHover },
    ':focus-visible': { ...focusRing, outlineOffset: '-2px' },
    // Where colours are forced a transparent border would be seen, as if every page were the current one.
    '@media (forced-colors: active)': { borderTopColor: 'Canvas', borderBottomColor: 'Canvas' },
  },
  current: {
    color: tokens.colorNeutralForeground1,
    fontWeight: tokens.fontWeightSemibold,
    borderBottomColor: tokens.colorBrandForeground1,
    '@media (forced-colors: active)': { borderBottomColor: 'Highlight' },
  },
  account: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    marginLeft: 'auto',
    minHeight: '3.5rem',
    // Beside the logo, whatever the name: a row of its own would push the page down when it comes.
    '@media (max-width: 640px)': { flexGrow: 1, flexBasis: 0, minWidth: 0, justifyContent: 'flex-end' },
  },
  name: { minWidth: 0, overflow: 'hidden' },
  main: {
    width: '100%',
    maxWidth: '64rem',
    boxSizing: 'border-box',
    margin: '0 auto',
    padding: `${tokens.spacingVerticalXXXL} ${tokens.spacingHorizontalL}`,
    flexGrow: 1,
    ':focus': { outlineStyle: 'none' },
    '@media (max-width: 640px)': { paddingTop: tokens.spacingVerticalXXL },
  },
});

/** Landmarks, navigation by permission, and focus that follows the page. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const styles = useStyles();
  const { sandbox, auth0 } = useSettings();
  const { isAuthenticated, isLoading, user } = useAuth0();
  const { signIn } = useSignIn();
  const signOut = useSignOut();
  const { data: me, error, isPending } = useMe();
  const known = me ?? (error ? recallPermissions(user?.sub) : undefined);
  const { pathname } = useLocation();
  const [main, setMain] = useState<HTMLElement | null>(null);
  const previous = useRef(pathname);

  useEffect(() => {
    if (previous.current === pathname) return;
    previous.current = pathname;
    window.scrollTo(0, 0);
    main?.focus({ preventScroll: true });
  }, [main, pathname]);

  // There before its links, which come all at once: neither they nor the page may jump.
  const hasNavigation = isAuthenticated || (isLoading && hasSession(auth0.clientId));
  const navigation = [
    { to: '/meetings', label: words.meetings, shown: may(known, 'meetings:join') },
    { to: '/join', label: words.join, shown: !isPending },
    { to: '/security', label: words.security, shown: mayReadAudit(known) },
    { to: '/audit', label: words.audit, shown: mayReadAudit(known) },
  ].filter(({ shown }) => shown);
  const linkClass = ({ isActive }: { isActive: boolean }) =>
    mergeClasses(styles.link, isActive && styles.current);

  return (
    <div className={styles.shell}>
      <a href="#main" className={styles.skip}>
        {words.skip}
      </a>
      <header className={styles.header}>
        {sandbox && <SandboxNote />}
        <div className={styles.bar}>
          <NavLink to="/" className={mergeClasses(styles.brand, isAuthenticated && styles.mark)}>
            <Logo />
          </NavLink>
          {hasNavigation && (
            <nav className={styles.nav} aria-label={words.navigation}>
              {navigation.map(({ to, label }) => (
                <NavLink key={to} to={to} className={linkClass}>
                  {label}
                </NavLink>
              ))}
            </nav>
          )}
          <div className={styles.account}>
            {isAuthenticated ? (
              <>
                <NavLink
                  to="/me"
                  className={(link) => mergeClasses(linkClass(link), styles.name)}
                  aria-label={words.accountOf(user?.name)}
                >
                  <Text block truncate wrap={false}>
                    {user?.name ?? words.account}
                  </Text>
                </NavLink>
                <Button appearance="subtle" onClick={signOut}>
                  {words.signOut}
                </Button>
              </>
            ) : (
              !isLoading &&
              pathname !== '/sign-in' && (
                <Button appearance="primary" onClick={() => signIn()}>
                  {identityWords.signIn}
                </Button>
              )
            )}
          </div>
        </div>
      </header>
      <main
        id="main"
        ref={setMain}
        tabIndex={-1}
        className={styles.main}
        // Those of dialogs come here, too.
        onSubmit={({ target }) => focusFirstInvalid(target as HTMLFormElement)}
      >
        {/* What opens above the page belongs to its main part: elsewhere it would be outside of every landmark. */}
        <PortalMountNodeProvider value={main ?? undefined}>
          <ErrorBoundary key={pathname}>
            <Suspense fallback={<PageSkeleton />}>{children}</Suspense>
          </ErrorBoundary>
        </PortalMountNodeProvider>
      </main>
    </div>
  );
}
