import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  tokens,
} from '@fluentui/react-components';
import { words as apiWords } from '../api/words';
import { useSignIn } from './useSignIn';
import { words } from './words';

const useStyles = makeStyles({
  bar: { marginBottom: tokens.spacingVerticalL },
});

/** Above a page whose reader's sign-in is over. */
export function SignInEnded() {
  const styles = useStyles();
  const { signIn } = useSignIn();
  const { title, detail } = apiWords.codes.signed_out;
  return (
    <MessageBar intent="warning" layout="multiline" role="alert" className={styles.bar}>
      <MessageBarBody>
        <MessageBarTitle>{title}</MessageBarTitle> {detail}
      </MessageBarBody>
      <MessageBarActions>
        <Button onClick={() => signIn()}>{words.signIn}</Button>
      </MessageBarActions>
    </MessageBar>
  );
}
