import { useAuth0 } from '@auth0/auth0-react';
import { Button, Field, Input, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useState, type FormEvent } from 'react';
import { useLocation, useSearchParams } from 'react-router';
import { useSignIn } from '../identity/useSignIn';
import { Page } from '../ui/Page';
import {
  formatMeetingNumber,
  isCutInvitation,
  parseInvitation,
  parseJoinTarget,
  parseMeetingNumber,
  roomAddress,
} from '../format/meetingNumber';
import { InvitationCut } from './InvitationCut';
import { words } from './words';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL, maxWidth: '28rem' },
  quiet: { color: tokens.colorNeutralForeground3, maxWidth: '40rem' },
});

/** By number, by link, or by an invitation in the fragment, which is read here and sent nowhere but to our API. */
export default function JoinPage() {
  const styles = useStyles();
  const { isAuthenticated, isLoading } = useAuth0();
  const { signIn } = useSignIn();
  const { hash } = useLocation();
  const [search] = useSearchParams();
  const invitation = parseInvitation(hash);
  const isCut = isCutInvitation(hash);
  const [typed, setTyped] = useState(() => {
    const number = parseMeetingNumber(search.get('meeting') ?? '');
    return number ? formatMeetingNumber(number) : '';
  });
  const [invalid, setInvalid] = useState(false);

  const join = (event: FormEvent) => {
    event.preventDefault();
    const target = parseJoinTarget(typed);
    if (target?.isCut) window.location.hash = new URL(typed.trim()).hash;
    else if (target?.number) {
      const address = roomAddress(target.number, 0, target.invitation ?? invitation);
      if (isAuthenticated) window.location.assign(address);
      else signIn(address);
    } else if (target?.invitation) {
      // The link of an invitation without a number: keep it, and ask for the number.
      window.location.hash = target.invitation;
      setTyped('');
      setInvalid(false);
    } else setInvalid(true);
  };

  return (
    <Page
      title={invitation ? words.invitedTitle : words.title}
      lead={invitation ? words.invited : words.lead}
    >
      {isCut && <InvitationCut />}
      <form className={styles.form} onSubmit={join} noValidate>
        <Field
          label={invitation ? words.invitedNumber : words.field}
          hint={words.fieldHint}
          required
          {...(invalid ? { validationMessage: words.invalid } : {})}
        >
          <Input
            size="large"
            value={typed}
            autoComplete="off"
            spellCheck={false}
            onChange={(_event, { value }) => {
              setTyped(value);
              setInvalid(false);
            }}
          />
        </Field>
        <div>
          <Button type="submit" appearance="primary" size="large" disabledFocusable={isLoading}>
            {isAuthenticated || isLoading ? words.action : words.actionSignIn}
          </Button>
        </div>
      </form>
      <Text className={styles.quiet}>{words.who}</Text>
    </Page>
  );
}
