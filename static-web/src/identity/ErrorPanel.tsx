import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { explain } from '../api/explain';
import { useCountdown } from '../api/useCountdown';
import { words as apiWords } from '../api/words';
import { useSignIn } from '../identity/useSignIn';
import { Panel } from '../ui/Panel';
import { useOnline } from '../ui/useOnline';
import { words as uiWords } from '../ui/words';
import { words } from './words';

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground3, overflowWrap: 'anywhere' },
});

/** A failed call in words, with the one button that helps. */
export function ErrorPanel(props: {
  readonly error: unknown;
  readonly onRetry?: () => void;
  /** Another way on, beside the remedy. */
  readonly exit?: ReactNode;
  readonly level?: 1 | 2;
  /** What else there is to say. */
  readonly children?: ReactNode;
}) {
  const styles = useStyles();
  const { signIn } = useSignIn();
  const { title, detail, remedy, retryAfterSeconds, passesInSeconds, traceId } = explain(props.error);
  const left = useCountdown(props.onRetry && passesInSeconds, props.error, props.onRetry);
  useOnline(remedy === 'retry' ? props.onRetry : undefined);
  return (
    <Panel
      title={title}
      role="alert"
      level={props.level ?? 2}
      actions={
        <>
          {remedy === 'signIn' && (
            <Button appearance="primary" onClick={() => signIn()}>
              {words.signIn}
            </Button>
          )}
          {remedy === 'retry' && props.onRetry && <Button onClick={props.onRetry}>{uiWords.retry}</Button>}
          {props.exit}
        </>
      }
    >
      <Text>
        {detail}
        {retryAfterSeconds !== undefined && (
          <span role="timer">
            {' '}
            {left === undefined ? apiWords.retryIn(retryAfterSeconds) : words.retryingIn(left)}
          </span>
        )}
      </Text>
      {props.children}
      {traceId && (
        <Text size={200} className={styles.quiet}>
          {words.trace(traceId)}
        </Text>
      )}
    </Panel>
  );
}
