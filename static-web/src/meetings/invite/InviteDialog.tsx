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
import type { Meeting } from '../../api/types';
import { isOrganizationId } from '../../format/organizationId';
import { formatDuration } from '../../format/time';
import { words as formatWords } from '../../format/words';
import { readAddresses } from './addresses';
import { CloseButton } from '../CloseButton';
import { AddressField, OrganizationField } from './GuestField';
import { MadeInvitations } from './MadeInvitations';
import { useDiscard } from '../useDiscard';
import { useInvite } from './useInvite';
import { words as listWords } from '../words';
import { words } from './words';

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
              {isReady ? words.ready(made.length) : words.title}
            </DialogTitle>
            <DialogContent className={styles.fields}>
              {!isReady && <Text>{words.lead}</Text>}
              {failed.length > 0 && (
                <MessageBar intent="error" layout="multiline" role="alert">
                  <MessageBarBody>
                    <MessageBarTitle>{words.failedTitle}</MessageBarTitle>
                    {failed.map((one) => (
                      <div key={one.who}>{words.failed(one.who, one.why)}</div>
                    ))}
                  </MessageBarBody>
                </MessageBar>
              )}
              {!progress && <MadeInvitations meeting={meeting} made={made} onCopy={onCopy} />}
              {!isReady && (
                <>
                  <Field label={words.forWhom}>
                    <RadioGroup
                      layout="horizontal"
                      value={kind}
                      onChange={(_event, { value }) => {
                        setKind(value as Kind);
                        setWho('');
                        setError(undefined);
                      }}
                    >
                      <Radio value="email" label={words.email} />
                      <Radio value="organization" label={words.organization} />
                    </RadioGroup>
                  </Field>
                  {kind === 'email' ? (
                    <AddressField value={who} error={error} onChange={setWho} />
                  ) : (
                    <OrganizationField meeting={meeting} value={who} error={error} onChange={setWho} />
                  )}
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
            {discard.question ?? (
              <DialogActions fluid>
                {isReady ? (
                  <>
                    {made.length > 1 && (
                      <Button onClick={() => onCopy(made.map((one) => `${one.who}: ${one.link}`).join('\n'))}>
                        {words.copyAll}
                      </Button>
                    )}
                    <Button onClick={reset}>{words.another}</Button>
                    <Button appearance="primary" onClick={onClose}>
                      {words.done}
                    </Button>
                  </>
                ) : (
                  <>
                    <Button onClick={discard.close}>{listWords.cancel}</Button>
                    <Button type="submit" appearance="primary" disabledFocusable={progress !== undefined}>
                      {progress
                        ? words.making(progress.done, progress.count)
                        : words.create(kind === 'email' ? addresses.length : 1)}
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
  if (wrong !== undefined) return words.emailInvalid(wrong);
  if (addresses.length === 0) return words.emailMissing;
  return addresses.length > mostAtOnce ? words.emailTooMany(mostAtOnce) : undefined;
}
