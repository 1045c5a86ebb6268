import { Button, Spinner, Text } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { ErrorPanel } from '../../identity/ErrorPanel';
import { words as listWords } from '../words';
import { Part } from './Part';
import { usePartStyles } from './usePartStyles';

/** What is asked for only when somebody wants to see it, since looking is on record. */
export function RecordedPart(props: {
  readonly title: string;
  readonly why: string;
  readonly show: string;
  readonly state: 'hidden' | 'asking' | 'shown';
  readonly error: Error | null;
  readonly onShow: () => void;
  /** Beside the button that shows. */
  readonly action?: ReactNode;
  readonly children: ReactNode;
}) {
  const styles = usePartStyles();
  const { title, why, show, state, error, onShow, action, children } = props;
  return (
    <Part title={title}>
      <Text className={styles.quiet}>{why}</Text>
      {error && <ErrorPanel error={error} onRetry={onShow} />}
      {children}
      {state === 'asking' && <Spinner size="small" label={listWords.loading} />}
      {(state === 'hidden' || action) && (
        <div className={styles.line}>
          {state === 'hidden' && !error && <Button onClick={onShow}>{show}</Button>}
          {action}
        </div>
      )}
    </Part>
  );
}
