import { Text } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Meeting } from '../../api/types';
import { useApi } from '../../api/useApi';
import { DialogButton } from '../../ui/DialogButton';
import type { Actions } from './MeetingActions';
import { RecordedPart } from './RecordedPart';
import { invitationsKey } from '../useInvitations';
import { confirmWords } from '../words';
import { words } from './words';

/** The passcode, and a new one. */
export function PasscodePart(props: {
  readonly meeting: Meeting;
  readonly manages: boolean;
  readonly actions: Actions;
}) {
  const api = useApi();
  const queryClient = useQueryClient();
  const { meeting, manages, actions } = props;
  const read = useMutation({ mutationFn: () => api.getMeeting(meeting.id) });
  const passcode = read.data?.password;

  const change = () => {
    const run = () => api.changePasscode(meeting.id);
    actions.ask({ ...confirmWords.passcode, run }, () => {
      // What is shown is the one before.
      read.reset();
      void queryClient.invalidateQueries({ queryKey: invitationsKey(meeting.id) });
      actions.tell(words.passcodeChanged);
    });
  };

  return (
    <RecordedPart
      title={words.passcode}
      why={words.passcodeWhy}
      show={words.show}
      state={read.isPending ? 'asking' : passcode === undefined ? 'hidden' : 'shown'}
      error={read.error}
      onShow={read.mutate}
      action={manages && <DialogButton onClick={change}>{words.newPasscode}</DialogButton>}
    >
      {passcode !== undefined && (
        <Text font="monospace" size={400} role="status">
          {passcode}
        </Text>
      )}
    </RecordedPart>
  );
}
