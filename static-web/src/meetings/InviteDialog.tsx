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
import { text } from '../text';
import { ErrorMessage } from '../ui/ErrorMessage';
import { guestLink, invitationText } from './invitation';
import { formatDateTime, formatDuration } from './time';

const useStyles = makeStyles({
  fields: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
});

const hours: readonly number[] = [1, 8, 24, 72, 168];
const words = text.invite;

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
  const [fault, setFault] = useState<string>();

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
          : words.emailInvalid
        : /^[\w-]{1,64}$/.test(guest)
          ? undefined
          : words.organizationInvalid;
    setFault(found);
    if (!found && !make.isPending) make.mutate(guest);
  };

  const ready = make.data;
  const link = ready && guestLink(meeting, ready.joinUrl);

  return (
    <Dialog open onOpenChange={(_event, data) => !data.open && onClose()}>
      <DialogSurface>
        <form onSubmit={submit} noValidate>
          <DialogBody>
            <DialogTitle>{link ? words.ready : words.title}</DialogTitle>
            <DialogContent className={styles.fields}>
              {link ? (
                <>
                  <Field label={words.link} hint={words.expires(formatDateTime(ready.expiresAt))}>
                    <Input readOnly value={link} onFocus={(event) => event.target.select()} />
                  </Field>
                  <Text>{text.meetings.invitation.guests(who.trim())}</Text>
                </>
              ) : (
                <>
                  <Text>{words.lead}</Text>
                  {make.error && <ErrorMessage error={make.error} />}
                  <Field label={words.forWhom}>
                    <RadioGroup
                      layout="horizontal"
                      value={kind}
                      onChange={(_event, { value }) => {
                        setKind(value === 'email' ? 'email' : 'organization');
                        setFault(undefined);
                      }}
                    >
                      <Radio value="email" label={words.email} />
                      <Radio value="organization" label={words.organization} />
                    </RadioGroup>
                  </Field>
                  <Field
                    label={kind === 'email' ? words.emailField : words.organizationField}
                    required
                    {...(fault ? { validationMessage: fault } : {})}
                  >
                    <Input
                      type={kind === 'email' ? 'email' : 'text'}
                      value={who}
                      autoComplete="off"
                      onChange={(_event, { value }) => setWho(value)}
                    />
                  </Field>
                  <Field label={words.validity}>
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
                  <Button onClick={() => make.reset()}>{words.another}</Button>
                  <Button onClick={() => onCopy(link)}>{words.copyLink}</Button>
                  <Button
                    appearance="primary"
                    onClick={() => onCopy(invitationText(meeting, link, who.trim()))}
                  >
                    {words.copyText}
                  </Button>
                </>
              ) : (
                <>
                  <Button onClick={onClose}>{words.close}</Button>
                  <Button type="submit" appearance="primary" disabledFocusable={make.isPending}>
                    {make.isPending ? text.meetingForm.working : words.create}
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
