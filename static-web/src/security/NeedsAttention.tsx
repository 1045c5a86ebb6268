import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { Attention } from '../api/types';
import { may } from '../me/permissions';
import { useMe } from '../me/useMe';
import { Moment } from '../trail/Moment';
import { recordPath, storyPath } from '../trail/paths';
import { TextLink } from '../ui/TextLink';
import { DialogButton } from '../ui/DialogButton';
import { useListStyles } from '../ui/useListStyles';
import { Section } from './Section';
import { SignOutDialog } from './SignOutDialog';
import { words } from './words';

const useStyles = makeStyles({
  item: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXS,
    paddingLeft: tokens.spacingHorizontalM,
    borderLeft: `3px solid ${tokens.colorStatusWarningBorderActive}`,
    overflowWrap: 'anywhere',
  },
  links: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
});

/** The newest, so that the figures are not far below. */
const shownFirst = 6;

const sentences: Readonly<Record<string, (who: string) => string>> = words.attention;

const called = ({ name, person }: Attention) => (name ? `${name} (${person})` : person);

/** What somebody should look at, and what they can do at once. */
export function NeedsAttention(props: {
  readonly items: readonly Attention[];
  readonly said: string;
  readonly organization: string | undefined;
  readonly zone: string | undefined;
}) {
  const styles = useStyles();
  const lists = useListStyles();
  const { data: me } = useMe();
  const { items, organization, zone } = props;
  const [isWhole, setWhole] = useState(false);
  const [chosen, setChosen] = useState<Attention>();
  // Access is ended in one's own organisation only.
  const maySignOut =
    may(me, 'access:revoke') && (organization === undefined || organization === me?.organization?.id);
  if (items.length === 0) return null;
  return (
    <Section title={words.attentionTitle} said={props.said}>
      <ul className={lists.parts}>
        {(isWhole ? items : items.slice(0, shownFirst)).map((item) => (
          <li key={`${item.code} ${item.sequence} ${item.person}`} className={styles.item}>
            <Text weight="semibold">
              {sentences[item.code]?.(called(item)) ?? words.attentionOther(called(item), item.code)}
            </Text>
            <div className={styles.links}>
              <Moment instant={item.time} zone={zone} />
              {item.ip && <Text size={200}>{words.from(item.ip)}</Text>}
            </div>
            <div className={styles.links}>
              <TextLink to={recordPath(item.sequence, { organization, zone })}>{words.record}</TextLink>
              <TextLink to={storyPath(item.person, { organization, zone })}>{words.story}</TextLink>
              {/* Who joins without a sign-in says themselves who they are. */}
              {maySignOut && item.code !== 'joined_without_sign_in' && (
                <DialogButton size="small" onClick={() => setChosen(item)}>
                  {words.signOut}
                </DialogButton>
              )}
            </div>
          </li>
        ))}
      </ul>
      {!isWhole && items.length > shownFirst && (
        <div>
          <Button onClick={() => setWhole(true)}>{words.showAll(items.length)}</Button>
        </div>
      )}
      {chosen && (
        <SignOutDialog
          person={chosen.person}
          called={chosen.name ?? chosen.person}
          onClose={() => setChosen(undefined)}
        />
      )}
    </Section>
  );
}
