import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { ConfigError } from '../config/config';
import { text } from '../text';
import { Panel } from '../ui/Panel';
import { useTitle } from '../ui/useTitle';

const useStyles = makeStyles({
  main: { padding: tokens.spacingVerticalXXL, display: 'grid', justifyItems: 'center' },
});

/** Shown in place of the site when its settings cannot be used. */
export function SetupFault({ error }: { readonly error: unknown }) {
  const styles = useStyles();
  useTitle(text.errors.configTitle);
  return (
    <main className={styles.main}>
      <Panel title={text.errors.configTitle} role="alert" level={1}>
        <Text>{text.errors.config}</Text>
        <ul>
          {(error instanceof ConfigError ? error.faults : [text.problems.other.title]).map((fault) => (
            <li key={fault}>{fault}</li>
          ))}
        </ul>
      </Panel>
    </main>
  );
}
