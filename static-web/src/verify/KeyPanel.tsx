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
import { kindOf } from './pins';
import { words } from './words';

const useStyles = makeStyles({
  key: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
  name: {
    fontFamily: tokens.fontFamilyMonospace,
    overflowWrap: 'anywhere',
    color: tokens.colorNeutralForeground1,
  },
});

/** Which keys sign, which of them the auditor has pinned; a new one is loud. */
export function KeyPanel(props: {
  readonly organization: string;
  /** Fingerprints and vkeys. */
  readonly pinned: readonly string[];
  /** Of the keys that the service names. */
  readonly fingerprints: readonly string[];
  /** The vkeys that it names. */
  readonly noteKeys: readonly string[];
  /** The vkeys of the witnesses that it names: a suggestion, for whom to trust is the reader's matter. */
  readonly witnessKeys: readonly string[];
  readonly onPin: (key: string) => void;
  readonly onForget: () => void;
}) {
  const { pinned, fingerprints, noteKeys, witnessKeys } = props;
  const alarm =
    alarmOf(
      pinned.filter((key) => kindOf(key) === 'fingerprint'),
      fingerprints,
    ) ??
    alarmOf(
      pinned.filter((key) => kindOf(key) === 'note'),
      noteKeys,
    );

  return (
    <Panel
      title={words.keyTitle}
      actions={pinned.length > 0 && <Button onClick={props.onForget}>{words.forget}</Button>}
    >
      {alarm && (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>
            <MessageBarTitle>{alarm.title}</MessageBarTitle> {alarm.body}
          </MessageBarBody>
        </MessageBar>
      )}
      <Text>{trailName(props.organization)}</Text>
      {fingerprints.length === 0 && <Text>{words.noKey}</Text>}
      {pinned.length === 0 && fingerprints.length > 0 && <Text>{words.keyWhy}</Text>}
      <Keys {...props} label={words.fingerprint} action={words.pin} keys={fingerprints} />
      {noteKeys.length > 0 && <Text>{words.noteKeyWhy}</Text>}
      <Keys {...props} label={words.noteKey} action={words.pinNoteKey} keys={noteKeys} />
      {witnessKeys.length > 0 && <Text>{words.witnessKeyWhy}</Text>}
      <Keys {...props} label={words.witnessKey} action={words.pinWitnessKey} keys={witnessKeys} />
    </Panel>
  );
}

function Keys(props: {
  readonly label: string;
  readonly action: string;
  readonly keys: readonly string[];
  readonly pinned: readonly string[];
  readonly onPin: (key: string) => void;
}) {
  const styles = useStyles();
  const lists = useListStyles();
  const { keys, pinned, action, onPin } = props;
  const isFirst = pinned.length === 0 && action === words.pin;
  if (keys.length === 0) return null;
  return (
    <ul className={lists.parts} aria-label={props.label}>
      {keys.map((key) => (
        <li key={key} className={styles.key}>
          <code className={styles.name}>{key}</code>
          {pinned.includes(key) ? (
            <Badge appearance="tint" color="success">
              {words.pinned}
            </Badge>
          ) : (
            <Button appearance={isFirst ? 'primary' : 'secondary'} onClick={() => onPin(key)}>
              {action}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Of one kind of keys; nothing to say of a kind of which none is pinned. */
function alarmOf(pinned: readonly string[], named: readonly string[]) {
  if (pinned.length === 0) return undefined;
  if (!named.some((key) => pinned.includes(key))) return { title: words.goneTitle, body: words.gone };
  return named.every((key) => pinned.includes(key))
    ? undefined
    : { title: words.newKeyTitle, body: words.newKey };
}
