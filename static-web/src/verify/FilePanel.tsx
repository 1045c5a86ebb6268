import { Button, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import { ApiError } from '../api/ApiError';
import { ErrorPanel } from '../identity/ErrorPanel';
import { Panel } from '../ui/Panel';
import type { CheckpointVerdict } from './checkpointFile';
import { CheckpointPanel } from './CheckpointPanel';
import { countWitnesses, type Seen } from './pins';
import { RunningBar } from './RunningBar';
import { useRun } from './useRun';
import { VerdictPanel, type Outcome } from './VerdictPanel';
import type { FileRequest } from './verifyExport';
import { verifyInWorker } from './verifyInWorker';
import { words } from './words';

const useStyles = makeStyles({
  place: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    padding: tokens.spacingVerticalL,
    border: `1px dashed ${tokens.colorNeutralStrokeAccessible}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  over: { backgroundColor: tokens.colorNeutralBackground1Hover },
});

type Result = Outcome | 'nothing' | { readonly checkpoints: CheckpointVerdict };

/** Verifies an export, evidence or checkpoints that somebody kept, without sending it anywhere. */
export function FilePanel(props: {
  readonly request: FileRequest;
  /** What a file proves of the log, to be held against the next. */
  readonly onProved: (seen: Seen) => void;
}) {
  const { request } = props;
  const { run, stop, result, error, isRunning, progress } = useRun<File, Result>(
    async (file, onProgress, signal) => {
      const start = performance.now();
      const verification = await verifyInWorker({ file, request }, onProgress, signal);
      // An export may be older than what was seen, and is no reason to forget that.
      if (verification && 'newest' in verification) {
        if (verification.latest) props.onProved(verification.latest);
        return { checkpoints: verification };
      }
      return verification
        ? {
            ...verification,
            seconds: (performance.now() - start) / 1000,
            witnesses: countWitnesses(request.trusted),
          }
        : 'nothing';
    },
  );

  return (
    <>
      <Panel title={words.fileTitle}>
        <Text>{words.fileWhy}</Text>
        <FilePlace isDisabled={isRunning} onFile={run} />
        {isRunning && (
          <>
            <RunningBar progress={progress} />
            <div>
              <Button onClick={stop}>{words.stop}</Button>
            </div>
          </>
        )}
      </Panel>
      {error && <FileError error={error} />}
      {result === 'nothing' ? (
        <Panel title={words.fileNone} role="status">
          {words.fileNoneWhy}
        </Panel>
      ) : (
        result &&
        ('checkpoints' in result ? (
          <CheckpointPanel verdict={result.checkpoints} />
        ) : (
          <VerdictPanel outcome={result} />
        ))
      )}
    </>
  );
}

function FilePlace(props: { readonly isDisabled: boolean; readonly onFile: (file: File) => void }) {
  const styles = useStyles();
  const input = useRef<HTMLInputElement>(null);
  const take = (files: FileList | null | undefined) => {
    const file = files?.[0];
    if (file && !props.isDisabled) props.onFile(file);
  };
  const isOver = useDrop(take);

  return (
    <div className={mergeClasses(styles.place, isOver && styles.over)}>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={words.fileTitle}
        accept=".ndjson,.json,.txt,application/x-ndjson,application/json,text/plain"
        onChange={({ target }) => {
          take(target.files);
          // So that the same file can be chosen again.
          target.value = '';
        }}
      />
      <Button disabledFocusable={props.isDisabled} onClick={() => input.current?.click()}>
        {words.fileChoose}
      </Button>
      <Text>{words.fileDrop}</Text>
    </div>
  );
}

/** Takes files that are dropped anywhere: beside the place for them, the browser would leave the page for the file. */
function useDrop(onDrop: (files: FileList | undefined) => void): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const drop = (event: DragEvent) => {
      event.preventDefault();
      setOver(event.type === 'dragover');
      if (event.type === 'drop') onDrop(event.dataTransfer?.files);
    };
    const listeners = new AbortController();
    for (const type of ['dragover', 'dragleave', 'drop'] as const)
      document.addEventListener(type, drop, { signal: listeners.signal });
    return () => listeners.abort();
  }, [onDrop]);
  return isOver;
}

function FileError({ error }: { readonly error: unknown }) {
  return error instanceof ApiError && error.code === 'incomplete' ? (
    <Panel title={words.fileBrokenOff} role="alert">
      {words.fileBrokenOffWhy}
    </Panel>
  ) : (
    <ErrorPanel error={error} />
  );
}
