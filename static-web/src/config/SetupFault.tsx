import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { ConfigError } from '../config/config';
import { Panel } from '../ui/Panel';
import { useTitle } from '../ui/useTitle';
import { words as uiWords } from '../ui/words';
import { words } from './words';

const useStyles = makeStyles({
  main: { padding: tokens.spacingVerticalXXL, display: 'grid', justifyItems: 'center' },
});

/** Shown in place of the site when its settings cannot be used. */
export function SetupFault({ error }: { readonly error: unknown }) {
  const styles = useStyles();
  useTitle(words.title);
  return (
    <main className={styles.main}>
      <Panel title={words.title} role="alert" level={1}>
        <Text>{words.lead}</Text>
        <ul>
          {(error instanceof ConfigError ? error.faults : [uiWords.unexpectedTitle]).map((fault) => (
            <li key={fault}>{fault}</li>
          ))}
        </ul>
      </Panel>
    </main>
  );
}
