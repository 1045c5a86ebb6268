import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { useMutation, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import type { Meeting, MeetingPage } from '../api/types';
import { useApi } from '../api/useApi';
import { ErrorMessage } from '../api/ErrorMessage';
import { topicOf } from '../format/topic';
import { confirmWords, words } from './words';

const useStyles = makeStyles({
  danger: {
    backgroundColor: tokens.colorStatusDangerBackground3,
    ':hover': { backgroundColor: tokens.colorStatusDangerBackground3Hover },
    ':hover:active': { backgroundColor: tokens.colorStatusDangerBackground3Pressed },
  },
});

/** Zoom tells the API of the end a moment later: a list question for before that would still say that the meeting runs. */
const withEnded = (list: InfiniteData<MeetingPage>, { id }: Meeting): InfiniteData<MeetingPage> => ({
  ...list,
  pages: list.pages.map((page) => ({
    ...page,
    meetings: page.meetings.map((meeting) => (meeting.id === id ? { ...meeting, status: 'ended' } : meeting)),
  })),
});

/** Asks before a meeting is ended or deleted, and does it. */
export function ConfirmDialog(props: {
  readonly meeting: Meeting;
  readonly action: 'end' | 'remove';
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const styles = useStyles();
  const { meeting, action, onClose, onDone } = props;
  const api = useApi();
  const queryClient = useQueryClient();
  const question = confirmWords[action];
  const run = useMutation({
    mutationFn: () => (action === 'end' ? api.endMeeting(meeting.id) : api.deleteMeeting(meeting.id)),
    onSuccess: async () => {
      if (action === 'end')
        queryClient.setQueryData<InfiniteData<MeetingPage>>(
          ['meetings'],
          (list) => list && withEnded(list, meeting),
        );
      else await queryClient.invalidateQueries({ queryKey: ['meetings'] });
      onDone();
    },
  });

  return (
    <Dialog modalType="alert" open onOpenChange={(_event, data) => !data.open && onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{question.title}</DialogTitle>
          <DialogContent>
            {run.error && <ErrorMessage error={run.error} />}
            <p>{question.body(topicOf(meeting))}</p>
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>{words.cancel}</Button>
            <Button
              className={styles.danger}
              appearance="primary"
              disabledFocusable={run.isPending}
              onClick={() => !run.isPending && run.mutate()}
            >
              {run.isPending ? words.working : question.action}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
