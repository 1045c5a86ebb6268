import { Text } from '@fluentui/react-components';
import { formatCount } from '../format/count';
import { formatDateTime } from '../format/time';
import { Facts } from '../ui/Facts';
import { Panel } from '../ui/Panel';
import type { CheckpointVerdict } from './checkpointFile';
import { describe } from './describe';
import { words } from './words';

/** What a file of checkpoints says by itself. */
export function CheckpointPanel({ verdict }: { readonly verdict: CheckpointVerdict }) {
  const { newest, problems, checkpoints } = verdict;
  const isWrong = problems.length > 0 || !newest;
  return (
    <Panel
      title={isWrong ? words.checkpointWrong : words.checkpointProved}
      role={isWrong ? 'alert' : 'status'}
    >
      {isWrong ? (
        problems.map((problem) => <Text key={describe(problem)}>{describe(problem)}</Text>)
      ) : (
        <>
          <Text>{words.checkpointSays(newest.head.size, timeOf(newest.signedAt))}</Text>
          <Text>{words.checkpointRemembered}</Text>
        </>
      )}
      {newest && (
        <Facts
          facts={[
            [words.checkpointLog, newest.origin],
            [words.checkpointCount, formatCount(checkpoints)],
          ]}
        />
      )}
    </Panel>
  );
}

const timeOf = (seconds: number | undefined) =>
  seconds === undefined ? undefined : formatDateTime(new Date(seconds * 1000));
