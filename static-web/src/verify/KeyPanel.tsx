import {
  Badge,
  Button,
  makeStyles,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Text,
  tokens,
} from '@fluentui/react-components';
import { trailName } from '../me/trail';
import { Panel } from '../ui/Panel';
import { useListStyles } from '../ui/useListStyles';
import { words } from './words';

const useStyles = makeStyles({
  key: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
  fingerprint: {
    fontFamily: tokens.fontFamilyMonospace,
    overflowWrap: 'anywhere',
    color: tokens.colorNeutralForeground1,
  },
});

/** Which keys sign, which of them the auditor has pinned; a new one is loud. */
export function KeyPanel(props: {
  readonly organization: string;
  /** Fingerprints. */
  readonly pinned: readonly string[];
  /** Fingerprints of the keys that the checkpoints name. */
  readonly signers: readonly string[];
  readonly onPin: (fingerprint: string) => void;
  readonly onForget: () => void;
}) {
  const styles = useStyles();
  const lists = useListStyles();
  const { pinned, signers } = props;
  const isPinned = pinned.length > 0;
  const hasNew = signers.some((signer) => !pinned.includes(signer));
  const alarm =
    isPinned && signers.length === 0
      ? { title: words.goneTitle, body: words.gone }
      : isPinned && hasNew
        ? { title: words.newKeyTitle, body: words.newKey }
        : undefined;
  const shown = signers.length > 0 ? signers : pinned;

  return (
    <Panel
      title={words.keyTitle}
      actions={isPinned && <Button onClick={props.onForget}>{words.forget}</Button>}
    >
      {alarm && (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>
            <MessageBarTitle>{alarm.title}</MessageBarTitle> {alarm.body}
          </MessageBarBody>
        </MessageBar>
      )}
      <Text>{trailName(props.organization)}</Text>
      {shown.length === 0 ? (
        <Text>{words.noKey}</Text>
      ) : (
        <>
          {!isPinned && <Text>{words.keyWhy}</Text>}
          <ul className={lists.parts} aria-label={words.fingerprint}>
            {shown.map((signer) => (
              <li key={signer} className={styles.key}>
                <code className={styles.fingerprint}>{signer}</code>
                {pinned.includes(signer) ? (
                  <Badge appearance="tint" color="success">
                    {words.pinned}
                  </Badge>
                ) : (
                  <Button appearance={isPinned ? 'secondary' : 'primary'} onClick={() => props.onPin(signer)}>
                    {words.pin}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}
