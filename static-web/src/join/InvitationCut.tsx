import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { words as apiWords } from '../api/words';

/** Told before anything is asked: what came with the link cannot be a whole invitation. */
export function InvitationCut() {
  const { title, detail } = apiWords.invitations.damaged;
  return (
    <MessageBar intent="warning" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{title}</MessageBarTitle> {detail}
      </MessageBarBody>
    </MessageBar>
  );
}
