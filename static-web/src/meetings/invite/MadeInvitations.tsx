import { Button, Field, Input, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { Meeting } from '../../api/types';
import { formatDateTime } from '../../format/time';
import { invitationText } from '../invitation';
import type { Made } from './useInvite';
import { invitationWords } from '../words';
import { words } from './words';

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
            label={made.length === 1 ? words.link : words.linkFor(who)}
            hint={words.expires(formatDateTime(expiresAt))}
          >
            <Input readOnly value={link} onFocus={(event) => event.target.select()} />
          </Field>
          {made.length === 1 && <Text>{invitationWords.guests(who)}</Text>}
          <div className={styles.actions}>
            <Button onClick={() => onCopy(link)}>{words.copyLink}</Button>
            <Button onClick={() => onCopy(invitationText(meeting, link, who))}>{words.copyText}</Button>
          </div>
        </div>
      ))}
    </div>
  );
}
