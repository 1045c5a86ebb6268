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
import { useMutation } from '@tanstack/react-query';
import { ErrorMessage } from '../api/ErrorMessage';
import { words } from './words';

const useStyles = makeStyles({
  danger: {
    backgroundColor: tokens.colorStatusDangerBackground3,
    ':hover': { backgroundColor: tokens.colorStatusDangerBackground3Hover },
    ':hover:active': { backgroundColor: tokens.colorStatusDangerBackground3Pressed },
  },
});

/** What is asked, and what is done once somebody has said yes. */
export interface Question {
  readonly title: string;
  readonly body: string;
  readonly action: string;
  readonly run: () => Promise<unknown>;
}

/** Asks before something is done that cannot be undone, and does it. */
export function ConfirmDialog(props: {
  readonly question: Question;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const styles = useStyles();
  const { question, onClose, onDone } = props;
  const run = useMutation({ mutationFn: question.run, onSuccess: onDone });

  return (
    <Dialog modalType="alert" open onOpenChange={(_event, data) => !data.open && onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{question.title}</DialogTitle>
          <DialogContent>
            {run.error && <ErrorMessage error={run.error} />}
            <p dir="auto">{question.body}</p>
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
