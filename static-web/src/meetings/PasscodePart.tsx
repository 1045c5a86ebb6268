import { Button, Text } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ErrorMessage } from '../api/ErrorMessage';
import type { Meeting } from '../api/types';
import { useApi } from '../api/useApi';
import type { Actions } from './MeetingActions';
import { Part } from './Part';
import { invitationsKey } from './useInvitations';
import { usePartStyles } from './usePartStyles';
import { confirmWords, meetingWords as words, words as listWords } from './words';

/** The passcode, which is asked for only when somebody wants to see it: that is on record. */
export function PasscodePart(props: {
  readonly meeting: Meeting;
  readonly manages: boolean;
  readonly actions: Actions;
}) {
  const styles = usePartStyles();
  const api = useApi();
  const queryClient = useQueryClient();
  const { meeting, manages, actions } = props;
  const read = useMutation({ mutationFn: () => api.getMeeting(String(meeting.id)) });
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
    <Part title={words.passcode}>
      {read.error && <ErrorMessage error={read.error} />}
      <Text className={styles.quiet}>{words.passcodeWhy}</Text>
      <div className={styles.line}>
        {passcode === undefined ? (
          <Button disabledFocusable={read.isPending} onClick={() => !read.isPending && read.mutate()}>
            {read.isPending ? listWords.working : words.show}
          </Button>
        ) : (
          <Text font="monospace" size={400} role="status">
            {passcode}
          </Text>
        )}
        {manages && <Button onClick={change}>{words.newPasscode}</Button>}
      </div>
    </Part>
  );
}
