import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Progress } from './verifyExport';

/** How far a run is; 'server' while it waits for the server's own verification. */
export type RunProgress = Progress | 'server' | undefined;

/** A long run that tells how far it is and can be stopped, which is no error. */
export function useRun<Input, Result>(
  work: (input: Input, onProgress: (progress: RunProgress) => void, signal: AbortSignal) => Promise<Result>,
) {
  const [progress, setProgress] = useState<RunProgress>();
  const controller = useRef<AbortController>(undefined);
  useEffect(() => () => controller.current?.abort(), []);

  const { mutate, data, error, isPending } = useMutation({
    mutationFn: (input: Input) => {
      setProgress(undefined);
      controller.current = new AbortController();
      return work(input, setProgress, controller.current.signal);
    },
  });
  const isStopped = error instanceof DOMException && error.name === 'AbortError';
  return {
    run: mutate,
    stop: () => controller.current?.abort(),
    result: data,
    error: isStopped ? null : error,
    isRunning: isPending,
    progress,
  };
}
