import { lazy, Suspense } from 'react';
import type { Meeting } from '../api/types';
import { ConfirmDialog, type Question } from './ConfirmDialog';
import { InviteDialog } from './invite/InviteDialog';
import type { Task } from './form/MeetingDialog';

/** The one dialog that is open. */
export type Open =
  | Task
  | { readonly dialog: 'invite'; readonly meeting: Meeting }
  | { readonly dialog: 'question'; readonly question: Question; readonly onDone: () => void };

export const loadForm = () => import('./form/MeetingDialog');
const MeetingDialog = lazy(loadForm);

/** All dialogs about meetings, in a file of their own: the list is read without them, and the form with its pickers in another. */
export default function MeetingDialogs(props: {
  readonly open: Open;
  readonly onClose: () => void;
  readonly onSaved: (meeting: Meeting, task: Task) => void;
  readonly onCopy: (text: string) => void;
}) {
  const { open, onClose, onSaved, onCopy } = props;
  switch (open.dialog) {
    case 'invite':
      return <InviteDialog meeting={open.meeting} onCopy={onCopy} onClose={onClose} />;
    case 'question':
      return (
        <ConfirmDialog
          question={open.question}
          onClose={onClose}
          onDone={() => {
            onClose();
            open.onDone();
          }}
        />
      );
    default:
      return (
        <Suspense>
          <MeetingDialog task={open} onClose={onClose} onDone={(meeting) => onSaved(meeting, open)} />
        </Suspense>
      );
  }
}
