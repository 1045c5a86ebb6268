import { useAuth0 } from '@auth0/auth0-react';
import { Button, Text } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { ApiError } from '../api/ApiError';
import { ErrorPanel } from '../identity/ErrorPanel';
import { useSignIn } from '../identity/useSignIn';
import { words as identityWords } from '../identity/words';

/** The API lets this person not in: as whom they are signed in, and how to come as somebody else. */
export function RefusedPanel(props: {
  readonly error: unknown;
  /** The address of this room. */
  readonly address: string;
  readonly onRetry: () => void;
  readonly exit: ReactNode;
}) {
  const { user } = useAuth0();
  const { signInAnew } = useSignIn();
  const { error } = props;
  const isAboutWho = error instanceof ApiError && (error.status === 403 || error.status === 404);
  return (
    <ErrorPanel
      error={error}
      onRetry={props.onRetry}
      level={1}
      exit={
        <>
          {isAboutWho && (
            <Button appearance="primary" onClick={() => signInAnew(props.address)}>
              {identityWords.otherAccount}
            </Button>
          )}
          {props.exit}
        </>
      }
    >
      {isAboutWho && user?.email && <Text>{identityWords.signedInAs(user.email)}</Text>}
    </ErrorPanel>
  );
}
