import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
} from '@fluentui/react-components';
import { explain } from '../api/explain';
import { useCountdown } from './useCountdown';
import { words } from './words';

/** A failed call inside a dialog or above a list. */
export function ErrorMessage({ error }: { readonly error: unknown }) {
  const { title, detail, remedy, retryAfterSeconds } = explain(error);
  const left = useCountdown(retryAfterSeconds, error);
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{title}</MessageBarTitle> {remedy === 'signIn' ? words.signInBeside : detail}
        {left !== undefined && <span role="timer"> {left > 0 ? words.retryIn(left) : words.retryNow}</span>}
      </MessageBarBody>
      {remedy === 'signIn' && (
        <MessageBarActions>
          {/* In this tab everything that was typed would be lost. */}
          <Button as="a" href="/sign-in" target="_blank" rel="noopener">
            {words.signInAgain}
          </Button>
        </MessageBarActions>
      )}
    </MessageBar>
  );
}
