import { makeStyles, ProgressBar, Text, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { Panel } from '../ui/Panel';
import type { Step } from './session';
import { words } from './words';

const useStyles = makeStyles({
  progress: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
});

const steps: readonly Step[] = ['signingIn', 'looking', 'signing', 'loading', 'joining'];

/** How far joining is, and a way out of it. */
export function ProgressPanel(props: {
  readonly title: string;
  readonly step: Step;
  readonly exit: ReactNode;
}) {
  const styles = useStyles();
  const text = words.steps[props.step];
  return (
    <Panel title={props.title} level={1} actions={props.exit}>
      <div className={styles.progress}>
        <Text role="status">{`${text} …`}</Text>
        <ProgressBar
          aria-label={text}
          value={(steps.indexOf(props.step) + 0.5) / steps.length}
          thickness="large"
        />
      </div>
    </Panel>
  );
}
