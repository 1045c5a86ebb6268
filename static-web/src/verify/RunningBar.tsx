import { ProgressBar, Text } from '@fluentui/react-components';
import type { RunProgress } from './useRun';
import { words } from './words';

/** How far a verification is. */
export function RunningBar({ progress }: { readonly progress: RunProgress }) {
  const counted = progress === 'server' ? undefined : progress;
  return (
    <>
      <ProgressBar
        aria-label={words.progress}
        {...(counted?.expected ? { value: Math.min(1, counted.records / counted.expected) } : {})}
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
