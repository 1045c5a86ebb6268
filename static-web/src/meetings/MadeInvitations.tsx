import { Button, Field, Input, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { Meeting } from '../api/types';
import { formatDateTime } from '../format/time';
import { invitationText } from './invitation';
import type { Made } from './useInvite';
import { invitationWords, inviteWords } from './words';

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  one: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

/** Invitations that are ready to be sent, each with its link. */
export function MadeInvitations(props: {
  readonly meeting: Meeting;
  readonly made: readonly Made[];
  readonly onCopy: (text: string) => void;
}) {
  const styles = useStyles();
  const { meeting, made, onCopy } = props;
  return (
    <div className={styles.list}>
      {made.map(({ who, link, expiresAt }) => (
        <div key={link} className={styles.one}>
          <Field
            label={made.length === 1 ? inviteWords.link : inviteWords.linkFor(who)}
            hint={inviteWords.expires(formatDateTime(expiresAt))}
          >
            <Input readOnly value={link} onFocus={(event) => event.target.select()} />
          </Field>
          {made.length === 1 && <Text>{invitationWords.guests(who)}</Text>}
          <div className={styles.actions}>
            <Button onClick={() => onCopy(link)}>{inviteWords.copyLink}</Button>
            <Button onClick={() => onCopy(invitationText(meeting, link, who))}>{inviteWords.copyText}</Button>
          </div>
        </div>
      ))}
    </div>
  );
}
