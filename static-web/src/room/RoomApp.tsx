import { makeStyles, tokens } from '@fluentui/react-components';
import { ApiProvider } from '../api/ApiProvider';
import { SettingsProvider } from '../config/settings';
import type { SiteConfig } from '../config/config';
import { SignInProvider } from '../identity/SignInProvider';
import { Logo } from '../ui/Logo';
import { Panel } from '../ui/Panel';
import { LinkButton } from '../ui/LinkButton';
import { useTitle } from '../ui/useTitle';
import type { RoomRequest } from './request';
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
  main: { width: '100%', maxWidth: '40rem' },
});

/** The room's frame; Zoom's page covers it once it talks. */
export function RoomApp(props: {
  readonly config: SiteConfig;
  readonly request: RoomRequest | undefined;
  readonly session: RoomSession | undefined;
}) {
  const styles = useStyles();
  const { config, request, session } = props;
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
              <ApiProvider url={config.apiUrl}>
                <Room request={request} session={session} />
              </ApiProvider>
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
                <LinkButton href="/meetings">{words.back}</LinkButton>
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
