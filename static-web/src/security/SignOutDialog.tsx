import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
  makeStyles,
  Subtitle2,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ErrorMessage } from '../api/ErrorMessage';
import type { Revocation } from '../api/types';
import { useApi } from '../api/useApi';
import { formatMeetingNumber } from '../format/meetingNumber';
import { formatDateTime } from '../format/time';
import { words as formatWords } from '../format/words';
import { useListStyles } from '../ui/useListStyles';
import { subjectOf } from './personKey';
import { signOutWords as words } from './words';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  open: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
});

const longestReason = 200;

/** Ends somebody's access with a reason, then shows what is still open, since tokens end and presence does not. */
export function SignOutDialog(props: {
  readonly person: string;
  readonly called: string;
  readonly onClose: () => void;
}) {
  const styles = useStyles();
  const { person, called, onClose } = props;
  const api = useApi();
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);
  const run = useMutation({
    mutationFn: () => api.revoke({ person: subjectOf(person), reason: reason.trim() }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(reason.trim() === '');
    if (reason.trim() !== '' && !run.isPending) run.mutate();
  };
  return (
    <Dialog
      open
      modalType={run.data ? 'modal' : 'alert'}
      onOpenChange={(_event, { open }) => !open && onClose()}
    >
      <DialogSurface>
        <form onSubmit={submit} noValidate>
          <DialogBody>
            <DialogTitle>{run.data ? words.doneTitle(called) : words.title(called)}</DialogTitle>
            <DialogContent className={styles.content}>
              {run.error && <ErrorMessage error={run.error} />}
              {run.data ? (
                <StillOpen revocation={run.data} />
              ) : (
                <>
                  <Text>{words.body}</Text>
                  <Field
                    label={words.reason}
                    required
                    {...(isMissing ? { validationMessage: words.reasonMissing } : {})}
                  >
                    <Input
                      value={reason}
                      maxLength={longestReason}
                      onChange={(_event, { value }) => {
                        setReason(value);
                        setMissing(false);
                      }}
                    />
                  </Field>
                </>
              )}
            </DialogContent>
            <DialogActions>
              <Button onClick={onClose}>{run.data ? words.close : words.cancel}</Button>
              {!run.data && (
                <Button type="submit" appearance="primary" disabledFocusable={run.isPending}>
                  {run.isPending ? words.working : words.action}
                </Button>
              )}
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}

function StillOpen({ revocation: { meetings, signatures } }: { readonly revocation: Revocation }) {
  const styles = useStyles();
  const lists = useListStyles();
  return (
    <>
      <Text role="status">{words.done}</Text>
      {meetings.length + signatures.length === 0 && <Text>{words.nothingOpen}</Text>}
      {meetings.length > 0 && (
        <>
          <Subtitle2 as="h3">{words.meetingsTitle}</Subtitle2>
          <ul className={lists.parts}>
            {meetings.map(({ id, topic }) => (
              <li key={id} className={styles.open}>
                <Text>{topic ?? formatWords.meeting(formatMeetingNumber(String(id)))}</Text>
                <EndMeeting id={id} />
              </li>
            ))}
          </ul>
        </>
      )}
      {signatures.length > 0 && (
        <>
          <Subtitle2 as="h3">{words.signaturesTitle}</Subtitle2>
          <ul className={lists.parts}>
            {signatures.map(({ meetingNumber, role, expiresAt }) => (
              <li key={`${meetingNumber} ${role} ${expiresAt}`}>
                {words.signature(
                  formatMeetingNumber(meetingNumber),
                  words.roles[role],
                  formatDateTime(expiresAt),
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function EndMeeting({ id }: { readonly id: number }) {
  const api = useApi();
  const run = useMutation({ mutationFn: () => api.endMeeting(id) });
  if (run.isSuccess) return <Text role="status">{words.ended}</Text>;
  return (
    <>
      <Button size="small" disabledFocusable={run.isPending} onClick={() => !run.isPending && run.mutate()}>
        {run.isPending ? words.working : words.end}
      </Button>
      {run.error && <ErrorMessage error={run.error} />}
    </>
  );
}
