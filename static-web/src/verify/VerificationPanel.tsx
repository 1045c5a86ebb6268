import { Button, makeStyles, ProgressBar, Text, tokens } from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useApi } from '../api/useApi';
import { ErrorPanel } from '../identity/ErrorPanel';
import type { Seen } from './series';
import { VerdictPanel } from './VerdictPanel';
import type { Progress, VerificationRequest } from './verifyExport';
import { verifyTrail } from './verifyTrail';
import { words } from './words';

const useStyles = makeStyles({
  run: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, maxWidth: '40rem' },
  actions: { display: 'flex', gap: tokens.spacingHorizontalM },
});

/** Runs a verification, with its progress, and shows what came of it. */
export function VerificationPanel(props: {
  readonly request: VerificationRequest;
  /** The last checkpoint of a trail without a fault. */
  readonly onProved: (seen: Seen) => void;
}) {
  const styles = useStyles();
  const api = useApi();
  const [progress, setProgress] = useState<Progress>();
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);

  const run = useMutation({
    mutationFn: async () => {
      setProgress(undefined);
      const controller = new AbortController();
      stop.current = controller;
      const start = performance.now();
      const { verdict, latest } = await verifyTrail(api, props.request, setProgress, controller.signal);
      if (latest && verdict.coveredTo && verdict.problems.length === 0) props.onProved(latest);
      return { verdict, seconds: (performance.now() - start) / 1000 };
    },
  });
  const isStopped = run.error instanceof DOMException && run.error.name === 'AbortError';

  return (
    <>
      <div className={styles.run}>
        <div className={styles.actions}>
          <Button appearance="primary" disabledFocusable={run.isPending} onClick={() => run.mutate()}>
            {run.data ? words.again : words.start}
          </Button>
          {run.isPending && <Button onClick={() => stop.current?.abort()}>{words.stop}</Button>}
        </div>
        {run.isPending && (
          <>
            <ProgressBar
              aria-label={words.progress}
              {...(progress?.signed ? { value: Math.min(1, progress.records / progress.signed) } : {})}
            />
            <Text>{progress ? words.running(progress.records) : words.preparing}</Text>
          </>
        )}
      </div>
      {run.error && !isStopped && <ErrorPanel error={run.error} onRetry={() => run.mutate()} />}
      {run.data && <VerdictPanel {...run.data} />}
    </>
  );
}
