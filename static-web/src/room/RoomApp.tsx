import { makeStyles, tokens } from '@fluentui/react-components';
import { SettingsProvider } from '../config/settings';
import type { SiteConfig } from '../config/config';
import { SessionGuard } from '../identity/SessionGuard';
import { SignInProvider } from '../identity/SignInProvider';
import { Logo } from '../ui/Logo';
import { Panel } from '../ui/Panel';
import { LinkButton } from '../ui/LinkButton';
import { useTitle } from '../ui/useTitle';
import type { RoomRequest } from './request';
import type { Devices } from './LobbyPanel';
import { Room } from './Room';
import type { RoomSession } from './session';
import { words } from './words';

const useStyles = makeStyles({
  page: {
    minHeight: '100vh',
    boxSizing: 'border-box',
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    gap: tokens.spacingVerticalXXL,
    padding: `${tokens.spacingVerticalXXXL} ${tokens.spacingHorizontalL}`,
    color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  // Panels are narrower than the lobby.
  main: {
    width: '100%',
    maxWidth: '60rem',
    display: 'grid',
    justifyItems: 'center',
    '& > *': { width: '100%' },
  },
});

/** The room's frame; Zoom's page covers it once it talks. */
export function RoomApp(props: {
  readonly config: SiteConfig;
  readonly request: RoomRequest | undefined;
  readonly session: RoomSession | undefined;
  readonly devices: Devices;
}) {
  const styles = useStyles();
  const { config, request, session, devices } = props;
  useTitle(words.title);
  return (
    <div className={styles.page}>
      <header>
        <Logo />
      </header>
      <main className={styles.main}>
        {request && session ? (
          <SettingsProvider value={config}>
            <SignInProvider config={config.auth0}>
              <SessionGuard url={config.apiUrl}>
                <Room session={session} devices={devices} />
              </SessionGuard>
            </SignInProvider>
          </SettingsProvider>
        ) : (
          <Panel
            title={words.badTitle}
            role="alert"
            level={1}
            actions={
              <>
                <LinkButton href="/join" appearance="primary">
                  {words.enterNumber}
                </LinkButton>
                <LinkButton href="/">{words.first}</LinkButton>
              </>
            }
          >
            {words.bad}
          </Panel>
        )}
      </main>
    </div>
  );
}
