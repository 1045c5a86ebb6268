import { Button, Field, Input, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useState, type FormEvent } from 'react';
import { Panel } from '../ui/Panel';
import { useListStyles } from '../ui/useListStyles';
import { FilePanel } from './FilePanel';
import { readFilePins, withSeen, writeFilePins, type FilePins } from './filePins';
import { words } from './words';

const useStyles = makeStyles({
  panels: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXL },
  form: { display: 'flex', flexWrap: 'wrap', alignItems: 'end', gap: tokens.spacingHorizontalM },
  field: { flexGrow: 1, maxWidth: '40rem' },
  key: { fontFamily: tokens.fontFamilyMonospace, overflowWrap: 'anywhere' },
});

/** A file is checked without a sign-in, by keys that are typed in: the service is asked for nothing. */
export function VisitorPanels() {
  const styles = useStyles();
  const lists = useListStyles();
  const [pins, setPins] = useState(() => readFilePins());
  const [key, setKey] = useState('');
  const change = (next: FilePins) => {
    writeFilePins(next);
    setPins(next);
  };
  const pin = (event: FormEvent) => {
    event.preventDefault();
    const typed = key.trim();
    if (typed && !pins.keys.includes(typed)) change({ ...pins, keys: [...pins.keys, typed] });
    setKey('');
  };

  return (
    <div className={styles.panels}>
      <Panel
        title={words.keyTitle}
        actions={
          pins.keys.length > 0 && (
            <Button onClick={() => change({ keys: [], seen: [] })}>{words.forget}</Button>
          )
        }
      >
        <Text>{words.visitorKeyWhy}</Text>
        {pins.keys.length > 0 && (
          <ul className={lists.parts} aria-label={words.pinned}>
            {pins.keys.map((pinned) => (
              <li key={pinned} className={styles.key}>
                {pinned}
              </li>
            ))}
          </ul>
        )}
        <form className={styles.form} onSubmit={pin}>
          <Field label={words.visitorKey} className={styles.field}>
            <Input
              value={key}
              onChange={(_, { value }) => setKey(value)}
              autoComplete="off"
              spellCheck={false}
            />
          </Field>
          <Button type="submit">{words.visitorPin}</Button>
        </form>
      </Panel>
      {pins.keys.length > 0 && (
        <FilePanel
          request={{ trusted: pins.keys, seen: pins.seen }}
          onProved={(seen) => change(withSeen(pins, seen))}
        />
      )}
    </div>
  );
}
