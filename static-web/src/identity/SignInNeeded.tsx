import { useAuth0 } from '@auth0/auth0-react';
import { Button, Text } from '@fluentui/react-components';
import { Panel } from '../ui/Panel';
import { useTitle } from '../ui/useTitle';
import { useSignIn } from './useSignIn';
import { words } from './words';

/** The way out when nobody is signed in: says why when a sign-in failed. */
export function SignInNeeded() {
  const { error } = useAuth0();
  const { signIn } = useSignIn();
  const { title, detail } = error
    ? { title: words.failedTitle, detail: words.failed }
    : { title: words.neededTitle, detail: words.needed };
  useTitle(title);
  return (
    <Panel
      title={title}
      level={1}
      {...(error ? { role: 'alert' as const } : {})}
      actions={
        <Button appearance="primary" onClick={() => signIn()}>
          {words.signIn}
        </Button>
      }
    >
      <Text>{detail}</Text>
      {error?.message && <Text size={200}>{words.refused(error.message)}</Text>}
    </Panel>
  );
}
