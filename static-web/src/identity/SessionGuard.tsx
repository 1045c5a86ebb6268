import { useAuth0 } from '@auth0/auth0-react';
import { Button, Text } from '@fluentui/react-components';
import {
  Fragment,
  useCallback,
  useEffect,
  useRef,
  useState,
  type ComponentType,
  type ReactNode,
} from 'react';
import { ApiProvider } from '../api/ApiProvider';
import { words as apiWords } from '../api/words';
import { Panel } from '../ui/Panel';
import { endedChannel, isSessionEnd, type SessionEnd } from './session';
import { useSignIn } from './useSignIn';
import { SignOutContext } from './useSignOut';
import { words } from './words';

const texts = { revoked: apiWords.codes.token_revoked, signedOut: words.signedOut } as const;

/**
 * The API for what is inside, until the API says that access has ended, or the person signs out: then every tab of this browser forgets
 * its tokens and says so, in the frame.
 */
export function SessionGuard(props: {
  readonly url: string;
  readonly frame?: ComponentType<{ readonly children: ReactNode }>;
  readonly children: ReactNode;
}) {
  const { url, frame: Frame = Fragment, children } = props;
  const { logout, isAuthenticated } = useAuth0();
  const { signIn, signInAnew } = useSignIn();
  const [end, setEnd] = useState<SessionEnd>();
  const channel = useRef<BroadcastChannel | undefined>(undefined);

  const forget = useCallback(
    (how: SessionEnd) => {
      setEnd(how);
      // Of this browser only: the page stays to say why.
      void logout({ openUrl: false });
    },
    [logout],
  );

  useEffect(() => {
    const opened = new BroadcastChannel(endedChannel);
    opened.onmessage = ({ data }) => {
      if (isAuthenticated && isSessionEnd(data)) forget(data);
    };
    channel.current = opened;
    return () => opened.close();
  }, [forget, isAuthenticated]);

  const onRevoked = useCallback(() => {
    channel.current?.postMessage('revoked' satisfies SessionEnd);
    forget('revoked');
  }, [forget]);

  const signOut = useCallback(() => {
    channel.current?.postMessage('signedOut' satisfies SessionEnd);
    void logout({ logoutParams: { returnTo: window.location.origin } });
  }, [logout]);

  return (
    <ApiProvider url={url} onRevoked={onRevoked}>
      <SignOutContext.Provider value={signOut}>
        {end ? (
          <Frame>
            <Panel
              title={texts[end].title}
              level={1}
              role="alert"
              actions={
                <Button
                  appearance="primary"
                  // Where access has ended, the session at the identity provider may go on, and is the one that has ended here.
                  onClick={() => (end === 'revoked' ? signInAnew() : signIn())}
                >
                  {words.signIn}
                </Button>
              }
            >
              <Text>{texts[end].detail}</Text>
            </Panel>
          </Frame>
        ) : (
          children
        )}
      </SignOutContext.Provider>
    </ApiProvider>
  );
}
