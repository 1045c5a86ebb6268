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
  Radio,
  RadioGroup,
  Select,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { Meeting } from '../api/types';
import { useApi } from '../api/useApi';
import { ErrorMessage } from '../api/ErrorMessage';
import { guestLink, invitationText } from './invitation';
import { formatDateTime, formatDuration } from '../format/time';
import { isOrganizationId } from '../format/organizationId';
import { words as formatWords } from '../format/words';
import { invitationWords, inviteWords, words } from './words';

const useStyles = makeStyles({
  fields: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
});

const hours: readonly number[] = [1, 8, 24, 72, 168];

/** Makes an invitation for one person or one other organisation. */
export function InviteDialog(props: {
  readonly meeting: Meeting;
  readonly onCopy: (text: string) => void;
  readonly onClose: () => void;
}) {
  const styles = useStyles();
  const api = useApi();
  const { meeting, onCopy, onClose } = props;
  const [kind, setKind] = useState<'email' | 'organization'>('email');
  const [who, setWho] = useState('');
  const [validity, setValidity] = useState(24);
  const [error, setError] = useState<string>();

  const make = useMutation({
    mutationFn: (guest: string) =>
      api.invite(meeting.id, {
        ...(kind === 'email' ? { email: guest } : { organization: guest }),
        expiresInSeconds: validity * 3600,
      }),
  });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const guest = who.trim();
    const found =
      kind === 'email'
        ? /^[^\s@]+@[^\s@]+$/.test(guest)
          ? undefined
          : inviteWords.emailInvalid
        : isOrganizationId(guest)
          ? undefined
          : formatWords.organizationIdInvalid;
    setError(found);
    if (!found && !make.isPending) make.mutate(guest);
  };

  const ready = make.data;
  const link = ready && guestLink(meeting, ready.joinUrl);

  return (
    <Dialog open onOpenChange={(_event, data) => !data.open && onClose()}>
      <DialogSurface>
        <form onSubmit={submit} noValidate>
          <DialogBody>
            <DialogTitle>{link ? inviteWords.ready : inviteWords.title}</DialogTitle>
            <DialogContent className={styles.fields}>
              {link ? (
                <>
                  <Field label={inviteWords.link} hint={inviteWords.expires(formatDateTime(ready.expiresAt))}>
                    <Input readOnly value={link} onFocus={(event) => event.target.select()} />
                  </Field>
                  <Text>{invitationWords.guests(who.trim())}</Text>
                </>
              ) : (
                <>
                  <Text>{inviteWords.lead}</Text>
                  {make.error && <ErrorMessage error={make.error} />}
                  <Field label={inviteWords.forWhom}>
                    <RadioGroup
                      layout="horizontal"
                      value={kind}
                      onChange={(_event, { value }) => {
                        setKind(value === 'email' ? 'email' : 'organization');
                        setError(undefined);
                      }}
                    >
                      <Radio value="email" label={inviteWords.email} />
                      <Radio value="organization" label={inviteWords.organization} />
                    </RadioGroup>
                  </Field>
                  <Field
                    label={kind === 'email' ? inviteWords.emailField : formatWords.organizationId}
                    required
                    {...(error ? { validationMessage: error } : {})}
                  >
                    <Input
                      type={kind === 'email' ? 'email' : 'text'}
                      value={who}
                      autoComplete="off"
                      onChange={(_event, { value }) => setWho(value)}
                    />
                  </Field>
                  <Field label={inviteWords.validity}>
                    <Select
                      value={String(validity)}
                      onChange={(_event, { value }) => setValidity(Number(value))}
                    >
                      {hours.map((count) => (
                        <option key={count} value={count}>
                          {formatDuration(count * 60)}
                        </option>
                      ))}
                    </Select>
                  </Field>
                </>
              )}
            </DialogContent>
            <DialogActions>
              {link ? (
                <>
                  <Button onClick={() => make.reset()}>{inviteWords.another}</Button>
                  <Button onClick={() => onCopy(link)}>{inviteWords.copyLink}</Button>
                  <Button
                    appearance="primary"
                    onClick={() => onCopy(invitationText(meeting, link, who.trim()))}
                  >
                    {inviteWords.copyText}
                  </Button>
                </>
              ) : (
                <>
                  <Button onClick={onClose}>{inviteWords.close}</Button>
                  <Button type="submit" appearance="primary" disabledFocusable={make.isPending}>
                    {make.isPending ? words.working : inviteWords.create}
                  </Button>
                </>
              )}
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
