import { useAuth0 } from '@auth0/auth0-react';
import { Button, Text } from '@fluentui/react-components';
import { text } from '../text';
import { Panel } from '../ui/Panel';
import { useTitle } from '../ui/useTitle';
import { useSignIn } from './useSignIn';

/** The way out when nobody is signed in, or no longer: says why when a sign-in failed. */
export function SignInNeeded({ ended = false }: { readonly ended?: boolean }) {
  const { error } = useAuth0();
  const { signIn } = useSignIn();
  const { title, detail } = error
    ? { title: text.signIn.failedTitle, detail: text.signIn.failed }
    : ended
      ? text.problems.codes.signed_out
      : { title: text.signIn.neededTitle, detail: text.signIn.needed };
  useTitle(title);
  return (
    <Panel
      title={title}
      level={1}
      {...(error || ended ? { role: 'alert' as const } : {})}
      actions={
        <Button appearance="primary" onClick={() => signIn()}>
          {text.shell.signIn}
        </Button>
      }
    >
      <Text>{detail}</Text>
      {error?.message && <Text size={200}>{text.signIn.refused(error.message)}</Text>}
    </Panel>
  );
}
