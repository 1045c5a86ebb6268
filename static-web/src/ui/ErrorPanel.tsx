import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { explain } from '../api/explain';
import { useSignIn } from '../identity/useSignIn';
import { text } from '../text';
import { Panel } from './Panel';

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground3, overflowWrap: 'anywhere' },
});

/** A failed call in words, with the one button that helps. */
export function ErrorPanel({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const styles = useStyles();
  const { signIn } = useSignIn();
  const { title, detail, remedy, retryAfterSeconds, traceId } = explain(error);
  return (
    <Panel
      title={title}
      role="alert"
      actions={
        remedy === 'signIn' ? (
          <Button appearance="primary" onClick={() => signIn()}>
            {text.shell.signIn}
          </Button>
        ) : (
          remedy === 'retry' && onRetry && <Button onClick={onRetry}>{text.errors.retry}</Button>
        )
      }
    >
      <Text>
        {detail}
        {retryAfterSeconds !== undefined && ` ${text.errors.retryIn(retryAfterSeconds)}`}
      </Text>
      {traceId && (
        <Text size={200} className={styles.quiet}>
          {text.errors.trace(traceId)}
        </Text>
      )}
    </Panel>
  );
}
