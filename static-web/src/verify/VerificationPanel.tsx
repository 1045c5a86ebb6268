import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { ApiError } from '../api/ApiError';
import { useApi } from '../api/useApi';
import { ErrorPanel } from '../identity/ErrorPanel';
import { countWitnesses, type Seen } from './pins';
import { RunningBar } from './RunningBar';
import { useRun } from './useRun';
import { VerdictPanel, type Outcome } from './VerdictPanel';
import type { Verification, VerificationRequest } from './verifyExport';
import { verifyInWorker } from './verifyInWorker';
import { words } from './words';

const useStyles = makeStyles({
  run: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, maxWidth: '40rem' },
  actions: { display: 'flex', gap: tokens.spacingHorizontalM },
});

/** Verifies the trail as it is now, with its progress, and shows what came of it. */
export function VerificationPanel(props: {
  readonly request: VerificationRequest;
  /** The head of a trail without a fault. */
  readonly onProved: (seen: Seen) => void;
}) {
  const styles = useStyles();
  const api = useApi();
  const { organization } = props.request;

  const { run, stop, result, error, isRunning, progress } = useRun<undefined, Outcome>(
    async (_, onProgress, signal) => {
      const start = performance.now();
      const source = { access: await api.access(), request: props.request };
      const { verdict, latest } = (await verifyInWorker(source, onProgress, signal)) as Verification;
      const seconds = (performance.now() - start) / 1000;
      if (latest && verdict.problems.length === 0) props.onProved(latest);
      onProgress('server');
      // Behind ours, for both are long calls; and it sees the sealed head and the records' MACs, which an export has not.
      const server = await api.verifyAudit({ organization }, signal).catch((error: unknown) => {
        if (error instanceof ApiError) return undefined;
        throw error;
      });
      const witnesses = countWitnesses(props.request.trusted);
      return { verdict, live: { server, verifiedAt: Date.now() / 1000 }, seconds, witnesses };
    },
  );

  return (
    <>
      <div className={styles.run}>
        <div className={styles.actions}>
          <Button appearance="primary" disabledFocusable={isRunning} onClick={() => run(undefined)}>
            {result ? words.again : words.start}
          </Button>
          {isRunning && <Button onClick={stop}>{words.stop}</Button>}
        </div>
        {isRunning && <RunningBar progress={progress} />}
      </div>
      {error && <ErrorPanel error={error} onRetry={() => run(undefined)} />}
      {result && <VerdictPanel outcome={result} />}
    </>
  );
}
