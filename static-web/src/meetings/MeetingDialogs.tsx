import type { Meeting } from '../api/types';
import { ConfirmDialog, type Question } from './ConfirmDialog';
import { InviteDialog } from './InviteDialog';
import { MeetingDialog } from './MeetingDialog';

/** The one dialog that is open. */
export type Open =
  | { readonly dialog: 'create' }
  | { readonly dialog: 'edit' | 'duplicate' | 'invite'; readonly meeting: Meeting }
  | { readonly dialog: 'question'; readonly question: Question; readonly onDone: () => void };

/** All dialogs about meetings, in a file of their own: the list is read without them. */
export default function MeetingDialogs(props: {
  readonly open: Open;
  readonly onClose: () => void;
  readonly onCreated: (meeting: Meeting) => void;
  readonly onSaved: (meeting: Meeting) => void;
  readonly onCopy: (text: string) => void;
}) {
  const { open, onClose, onCreated, onSaved, onCopy } = props;
  switch (open.dialog) {
    case 'create':
      return <MeetingDialog onClose={onClose} onDone={onCreated} />;
    case 'duplicate':
      return <MeetingDialog like={open.meeting} onClose={onClose} onDone={onCreated} />;
    case 'edit':
      return <MeetingDialog meeting={open.meeting} onClose={onClose} onDone={onSaved} />;
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
  }
}
