import { useAuth0 } from '@auth0/auth0-react';
import { Button, Text } from '@fluentui/react-components';
import { text } from '../text';
import { Panel } from '../ui/Panel';
import { useTitle } from '../ui/useTitle';
import { useSignIn } from './useSignIn';

/** The way out when nobody is signed in: says why when a silent or interactive sign-in failed. */
export function SignInNeeded({ returnTo }: { readonly returnTo?: string }) {
  const { error } = useAuth0();
  const { signIn } = useSignIn();
  const title = error ? text.signIn.failedTitle : text.signIn.neededTitle;
  useTitle(title);
  return (
    <Panel
      title={title}
      level={1}
      {...(error ? { role: 'alert' as const } : {})}
      actions={
        <Button appearance="primary" onClick={() => signIn(returnTo)}>
          {text.shell.signIn}
        </Button>
      }
    >
      <Text>{error ? text.signIn.failed : text.signIn.needed}</Text>
      {error?.message && <Text size={200}>{text.signIn.refused(error.message)}</Text>}
    </Panel>
  );
}
