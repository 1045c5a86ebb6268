import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react';
import type { Meeting, Occurrence } from '../api/types';
import { useApi } from '../api/useApi';
import { roomAddress } from '../format/meetingNumber';
import { topicOf } from '../format/topic';
import type { Question } from './ConfirmDialog';
import { colleagueLink, invitationText } from './invitation';
import type { Task } from './form/MeetingDialog';
import type { Open } from './MeetingDialogs';
import type { Message } from './Messages';
import { useMeetingCache } from './useMeetingCache';
import { confirmWords, words } from './words';

export type MeetingAction = 'copy' | 'invite' | 'edit' | 'duplicate' | 'end' | 'remove';

const loadDialogs = () => import('./MeetingDialogs');
const MeetingDialogs = lazy(loadDialogs);
const loadMessages = () => import('./Messages');
const Messages = lazy(loadMessages);

/** What can be done with meetings, and the dialogs and messages that it takes. */
export function useMeetingActions(onRemoved: () => void) {
  const api = useApi();
  const cache = useMeetingCache();
  const [open, setOpen] = useState<Open>();
  const [latest, setLatest] = useState<Message>();
  const close = () => setOpen(undefined);

  // Once the page is read, so that a dialog is there when it is wanted; if that fails, it is loaded then.
  useEffect(() => {
    void Promise.all([loadMessages(), loadDialogs().then(({ loadForm }) => loadForm())]).catch(
      () => undefined,
    );
  }, []);

  const tell = (text: string, intent: Message['intent'] = 'success') => setLatest({ text, intent });
  const copy = (content: string) =>
    void navigator.clipboard.writeText(content).then(
      () => tell(words.copied),
      () => tell(words.copyFailed, 'error'),
    );
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
  const saved = (meeting: Meeting, task: Task) => {
    close();
    if (task.dialog === 'occurrence') cache.occurrenceSaved(meeting, task.occurrence);
    else cache.saved(meeting);
    const isNew = task.dialog === 'create' || task.dialog === 'duplicate';
    const isNow = isNew && meeting.type === 1;
    tell(isNow ? words.opening : isNew ? words.created : words.saved);
    // The room is a document of its own.
    if (isNow) window.location.assign(roomAddress(meeting.id, 1));
  };

  const dialogs: ReactNode = (
    <>
      {open && (
        <Suspense>
          <MeetingDialogs open={open} onClose={close} onSaved={saved} onCopy={copy} />
        </Suspense>
      )}
      <Suspense>
        <Messages latest={latest} />
      </Suspense>
    </>
  );
  return {
    act,
    ask,
    copy,
    tell,
    create: () => setOpen({ dialog: 'create' }),
    editOccurrence: (meeting: Meeting, occurrence: Occurrence) =>
      setOpen({ dialog: 'occurrence', meeting, occurrence }),
    dialogs,
  };
}
