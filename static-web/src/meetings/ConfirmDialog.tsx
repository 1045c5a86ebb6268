import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Meeting } from '../api/types';
import { useApi } from '../api/useApi';
import { text } from '../text';
import { ErrorMessage } from '../ui/ErrorMessage';
import { topicOf } from './topic';

/** Asks before a meeting is ended or deleted, and does it. */
export function ConfirmDialog(props: {
  readonly meeting: Meeting;
  readonly action: 'end' | 'remove';
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { meeting, action, onClose, onDone } = props;
  const api = useApi();
  const queryClient = useQueryClient();
  const words = text.confirm[action];
  const run = useMutation({
    mutationFn: () => (action === 'end' ? api.endMeeting(meeting.id) : api.deleteMeeting(meeting.id)),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['meetings'] });
      onDone();
    },
  });

  return (
    <Dialog modalType="alert" open onOpenChange={(_event, data) => !data.open && onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{words.title}</DialogTitle>
          <DialogContent>
            {run.error && <ErrorMessage error={run.error} />}
            <p>{words.body(topicOf(meeting))}</p>
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>{text.confirm.cancel}</Button>
            <Button
              appearance="primary"
              disabledFocusable={run.isPending}
              onClick={() => !run.isPending && run.mutate()}
            >
              {run.isPending ? text.meetingForm.working : words.action}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
