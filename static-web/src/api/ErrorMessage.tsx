import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { explain } from '../api/explain';
import { words } from './words';

/** A failed call inside a dialog or above a list. */
export function ErrorMessage({ error }: { readonly error: unknown }) {
  const { title, detail, retryAfterSeconds } = explain(error);
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{title}</MessageBarTitle> {detail}
        {retryAfterSeconds !== undefined && ` ${words.retryIn(retryAfterSeconds)}`}
      </MessageBarBody>
    </MessageBar>
  );
}
