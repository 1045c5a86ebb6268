import { useAuth0 } from '@auth0/auth0-react';
import { Button, Text } from '@fluentui/react-components';
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import { ApiProvider } from '../api/ApiProvider';
import { words as apiWords } from '../api/words';
import { Panel } from '../ui/Panel';
import { endedChannel } from './session';
import { here } from './returnTo';
import { words } from './words';

/** The API for what is inside, until it says that access has ended: then every tab of this browser forgets its tokens and says so. */
export function SessionGuard({ url, children }: { readonly url: string; readonly children: ReactNode }) {
  const { logout, loginWithRedirect } = useAuth0();
  const [ended, setEnded] = useState(false);
  const channel = useRef<BroadcastChannel | undefined>(undefined);

  const forget = useCallback(() => {
    setEnded(true);
    // Of this browser only: the page stays to say why.
    void logout({ openUrl: false });
  }, [logout]);

  useEffect(() => {
    const opened = new BroadcastChannel(endedChannel);
    opened.onmessage = forget;
    channel.current = opened;
    return () => opened.close();
  }, [forget]);

  const onRevoked = useCallback(() => {
    channel.current?.postMessage('ended');
    forget();
  }, [forget]);

  // The session at the identity provider may go on, and is the one that has ended here.
  const signInAnew = () =>
    void loginWithRedirect({ appState: { returnTo: here() }, authorizationParams: { prompt: 'login' } });

  return (
    <ApiProvider url={url} onRevoked={onRevoked}>
      {ended ? (
        <Panel
          title={apiWords.codes.token_revoked.title}
          level={1}
          role="alert"
          actions={
            <Button appearance="primary" onClick={signInAnew}>
              {words.signIn}
            </Button>
          }
        >
          <Text>{apiWords.codes.token_revoked.detail}</Text>
        </Panel>
      ) : (
        children
      )}
    </ApiProvider>
  );
}
