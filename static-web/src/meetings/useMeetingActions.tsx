import { Toast, Toaster, ToastTitle, useId, useToastController } from '@fluentui/react-components';
import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react';
import type { Meeting } from '../api/types';
import { useApi } from '../api/useApi';
import { roomAddress } from '../format/meetingNumber';
import { topicOf } from '../format/topic';
import type { Question } from './ConfirmDialog';
import { colleagueLink, invitationText } from './invitation';
import type { Open } from './MeetingDialogs';
import { useToastStyles } from './useToastStyles';
import { useMeetingCache } from './useMeetingCache';
import { confirmWords, words } from './words';

export type MeetingAction = 'copy' | 'invite' | 'edit' | 'duplicate' | 'end' | 'remove';

const loadDialogs = () => import('./MeetingDialogs');
const MeetingDialogs = lazy(loadDialogs);

/** What can be done with meetings, and the dialogs and messages that it takes. */
export function useMeetingActions(onRemoved: () => void) {
  const api = useApi();
  const cache = useMeetingCache();
  const toaster = useId('toaster');
  const toasts = useToastStyles();
  const { dispatchToast } = useToastController(toaster);
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);

  // Once the page is read, so that a dialog is there when it is wanted; if that fails, it is loaded then.
  useEffect(() => void loadDialogs().catch(() => undefined), []);

  const tell = (message: string, intent: 'success' | 'error' = 'success') =>
    dispatchToast(
      <Toast>
        <ToastTitle>{message}</ToastTitle>
      </Toast>,
      { intent },
    );
  const copy = (content: string) =>
    void navigator.clipboard.writeText(content).then(
      () => tell(words.copied),
      () => tell(words.copyFailed, 'error'),
    );
  const done = (message: string) => {
    close();
    tell(message);
  };
  const ask = (question: Question, onDone: () => void) => setOpen({ dialog: 'question', question, onDone });

  const end = (meeting: Meeting) => {
    const { body, ...question } = confirmWords.end;
    ask({ ...question, body: body(topicOf(meeting)), run: () => api.endMeeting(meeting.id) }, () => {
      cache.ended(meeting.id);
      tell(words.ended);
    });
  };
  const remove = (meeting: Meeting) => {
    const { body, ...question } = confirmWords.remove;
    ask({ ...question, body: body(topicOf(meeting)), run: () => api.deleteMeeting(meeting.id) }, () => {
      cache.removed(meeting.id);
      tell(words.removed);
      onRemoved();
    });
  };
  const act = (action: MeetingAction, meeting: Meeting) => {
    if (action === 'copy') copy(invitationText(meeting, colleagueLink(meeting, window.location.origin)));
    else if (action === 'end') end(meeting);
    else if (action === 'remove') remove(meeting);
    else setOpen({ dialog: action, meeting });
  };
  const created = (meeting: Meeting) => {
    cache.saved(meeting);
    done(meeting.type === 1 ? words.opening : words.created);
    // The room is a document of its own.
    if (meeting.type === 1) window.location.assign(roomAddress(meeting.id, 1));
  };
  const saved = (meeting: Meeting) => {
    cache.saved(meeting);
    done(words.saved);
  };

  const dialogs: ReactNode = (
    <>
      {open && (
        <Suspense>
          <MeetingDialogs open={open} onClose={close} onCreated={created} onSaved={saved} onCopy={copy} />
        </Suspense>
      )}
      <Toaster toasterId={toaster} position="bottom-end" mountNode={{ className: toasts.above }} />
    </>
  );
  return { act, ask, copy, tell, create: () => setOpen({ dialog: 'create' }), dialogs };
}
