import { Button, makeStyles, ProgressBar, Text, tokens } from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ApiError } from '../api/ApiError';
import { useApi } from '../api/useApi';
import { ErrorPanel } from '../identity/ErrorPanel';
import type { Seen } from './pins';
import { VerdictPanel, type Outcome } from './VerdictPanel';
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
  /** The head of a trail without a fault. */
  readonly onProved: (seen: Seen) => void;
}) {
  const styles = useStyles();
  const api = useApi();
  const [progress, setProgress] = useState<Progress | 'server'>();
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);

  const run = useMutation({
    mutationFn: async (): Promise<Outcome> => {
      setProgress(undefined);
      const controller = new AbortController();
      stop.current = controller;
      const start = performance.now();
      const { verdict, latest } = await verifyTrail(api, props.request, setProgress, controller.signal);
      const seconds = (performance.now() - start) / 1000;
      if (latest && verdict.problems.length === 0) props.onProved(latest);
      setProgress('server');
      // Behind ours, for both are long calls; and it sees the sealed head and the records' MACs, which an export has not.
      const server = await api
        .verifyAudit({ organization: props.request.organization }, controller.signal)
        .catch((error: unknown) => {
          if (error instanceof ApiError) return undefined;
          throw error;
        });
      return { verdict, server, seconds, verifiedAt: Date.now() / 1000 };
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
        {run.isPending && <Running progress={progress} />}
      </div>
      {run.error && !isStopped && <ErrorPanel error={run.error} onRetry={() => run.mutate()} />}
      {run.data && <VerdictPanel outcome={run.data} />}
    </>
  );
}

function Running({ progress }: { readonly progress: Progress | 'server' | undefined }) {
  const counted = progress === 'server' ? undefined : progress;
  return (
    <>
      <ProgressBar
        aria-label={words.progress}
        {...(counted?.signed ? { value: Math.min(1, counted.records / counted.signed) } : {})}
      />
      <Text>
        {progress === 'server'
          ? words.askingServer
          : counted
            ? words.running(counted.records)
            : words.preparing}
      </Text>
    </>
  );
}
