import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  makeStyles,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Radio,
  RadioGroup,
  Select,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useState, type FormEvent } from 'react';
import type { Meeting } from '../api/types';
import { isOrganizationId } from '../format/organizationId';
import { formatDuration } from '../format/time';
import { words as formatWords } from '../format/words';
import { readAddresses } from './addresses';
import { CloseButton } from './CloseButton';
import { AddressField, OrganizationField } from './GuestField';
import { MadeInvitations } from './MadeInvitations';
import { useDiscard } from './useDiscard';
import { useInvite } from './useInvite';
import { inviteWords, words } from './words';

const useStyles = makeStyles({
  fields: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
});

type Kind = 'email' | 'organization';

const hours: readonly number[] = [1, 8, 24, 72, 168];
const mostAtOnce = 30;

/** Makes invitations for people, or for one other organisation. */
export function InviteDialog(props: {
  readonly meeting: Meeting;
  readonly onCopy: (text: string) => void;
  readonly onClose: () => void;
}) {
  const styles = useStyles();
  const { meeting, onCopy, onClose } = props;
  const [kind, setKind] = useState<Kind>('email');
  const [who, setWho] = useState('');
  const [validity, setValidity] = useState(24);
  const [error, setError] = useState<string>();
  const { made, failed, progress, invite, reset } = useInvite(meeting);
  const discard = useDiscard(who.trim() !== '', onClose);
  const { addresses } = readAddresses(who);
  const isReady = made.length > 0 && !progress && failed.length === 0;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = faultOf(kind, who);
    setError(found);
    if (found || progress) return;
    const guests = kind === 'email' ? addresses : [who.trim()];
    void invite(guests, (guest) => ({
      ...(kind === 'email' ? { email: guest } : { organization: guest }),
      expiresInSeconds: validity * 3600,
    })).then((failures) => setWho(failures.map((failure) => failure.who).join(', ')));
  };

  return (
    <Dialog open onOpenChange={(_event, data) => !data.open && discard.close()}>
      <DialogSurface>
        <form onSubmit={submit} noValidate>
          <DialogBody>
            <DialogTitle action={<CloseButton onClose={discard.close} />}>
              {isReady ? inviteWords.ready(made.length) : inviteWords.title}
            </DialogTitle>
            <DialogContent className={styles.fields}>
              {!isReady && <Text>{inviteWords.lead}</Text>}
              {failed.length > 0 && (
                <MessageBar intent="error" layout="multiline" role="alert">
                  <MessageBarBody>
                    <MessageBarTitle>{inviteWords.failedTitle}</MessageBarTitle>
                    {failed.map((one) => (
                      <div key={one.who}>{inviteWords.failed(one.who, one.why)}</div>
                    ))}
                  </MessageBarBody>
                </MessageBar>
              )}
              {!progress && <MadeInvitations meeting={meeting} made={made} onCopy={onCopy} />}
              {!isReady && (
                <>
                  <Field label={inviteWords.forWhom}>
                    <RadioGroup
                      layout="horizontal"
                      value={kind}
                      onChange={(_event, { value }) => {
                        setKind(value as Kind);
                        setWho('');
                        setError(undefined);
                      }}
                    >
                      <Radio value="email" label={inviteWords.email} />
                      <Radio value="organization" label={inviteWords.organization} />
                    </RadioGroup>
                  </Field>
                  {kind === 'email' ? (
                    <AddressField value={who} error={error} onChange={setWho} />
                  ) : (
                    <OrganizationField meeting={meeting} value={who} error={error} onChange={setWho} />
                  )}
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
            {discard.question ?? (
              <DialogActions fluid>
                {isReady ? (
                  <>
                    {made.length > 1 && (
                      <Button onClick={() => onCopy(made.map((one) => `${one.who}: ${one.link}`).join('\n'))}>
                        {inviteWords.copyAll}
                      </Button>
                    )}
                    <Button onClick={reset}>{inviteWords.another}</Button>
                    <Button appearance="primary" onClick={onClose}>
                      {inviteWords.done}
                    </Button>
                  </>
                ) : (
                  <>
                    <Button onClick={discard.close}>{words.cancel}</Button>
                    <Button type="submit" appearance="primary" disabledFocusable={progress !== undefined}>
                      {progress
                        ? inviteWords.making(progress.done, progress.count)
                        : inviteWords.create(kind === 'email' ? addresses.length : 1)}
                    </Button>
                  </>
                )}
              </DialogActions>
            )}
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}

function faultOf(kind: Kind, who: string): string | undefined {
  if (kind === 'organization')
    return isOrganizationId(who.trim()) ? undefined : formatWords.organizationIdInvalid;
  const { addresses, wrong } = readAddresses(who);
  if (wrong !== undefined) return inviteWords.emailInvalid(wrong);
  if (addresses.length === 0) return inviteWords.emailMissing;
  return addresses.length > mostAtOnce ? inviteWords.emailTooMany(mostAtOnce) : undefined;
}
