import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { CheckmarkCircleRegular, ErrorCircleRegular, InfoRegular } from '@fluentui/react-icons';
import { formatDateTime } from '../format/time';
import { Panel } from '../ui/Panel';
import type { TrailProblem } from './problems';
import type { Verdict } from './TrailVerifier';
import { words } from './words';

const useStyles = makeStyles({
  sentence: { display: 'flex', gap: tokens.spacingHorizontalM, alignItems: 'flex-start' },
  icon: { flexShrink: 0, fontSize: '1.5rem', lineHeight: 0 },
  good: { color: tokens.colorStatusSuccessForeground1 },
  bad: { color: tokens.colorStatusDangerForeground1 },
  problems: { margin: 0, paddingLeft: tokens.spacingHorizontalXL, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3 },
});

const time = (seconds: number) => formatDateTime(new Date(seconds * 1000));

function describe(problem: TrailProblem): string {
  switch (problem.kind) {
    case 'misplaced':
      return words.problems.misplaced(problem.sequence);
    case 'changed':
      return words.problems.changed(problem.sequence, time(problem.signedAt));
    case 'missing':
      return problem.sequence === undefined
        ? words.problems.count(problem.records, problem.reported)
        : words.problems.missing(problem.sequence, problem.to);
    case 'bad_checkpoint':
      return problem.signer === undefined
        ? words.problems.notGenuine(problem.number)
        : words.problems.notPinned(problem.number, problem.signer);
    case 'missing_checkpoint':
      return problem.number === undefined
        ? words.problems.gone(time(problem.seenAt ?? 0))
        : words.problems.gap(problem.number);
  }
}

/** The verdict in a sentence; what is wrong, the first record of it in the title. */
export function VerdictPanel({ verdict, seconds }: { readonly verdict: Verdict; readonly seconds: number }) {
  return (
    <>
      {verdict.problems.length > 0 ? (
        <Broken verdict={verdict} />
      ) : (
        <Good verdict={verdict} seconds={seconds} />
      )}
    </>
  );
}

function Good({ verdict, seconds }: { readonly verdict: Verdict; readonly seconds: number }) {
  const styles = useStyles();
  const { records, firstRecordedAt, coveredTo } = verdict;
  if (records === 0) return <Panel title={words.emptyTitle}>{words.empty}</Panel>;
  const unbroken = words.unbroken(records, firstRecordedAt && formatDateTime(firstRecordedAt));
  return (
    <Panel title={coveredTo ? words.unbrokenTitle : words.uncoveredTitle} role="status">
      <div className={styles.sentence}>
        <span className={coveredTo ? styles.good : styles.quiet}>
          {coveredTo ? (
            <CheckmarkCircleRegular className={styles.icon} />
          ) : (
            <InfoRegular className={styles.icon} />
          )}
        </span>
        <Text weight="semibold">
          {coveredTo
            ? `${unbroken}, ${words.covered(time(coveredTo.signedAt), coveredTo.sequence)}`
            : `${unbroken}. ${words.uncovered}`}
        </Text>
      </div>
      {coveredTo && <Text>{words.coveredMeaning}</Text>}
      <Text size={200} className={styles.quiet}>
        {words.took(seconds.toFixed(1))}
      </Text>
    </Panel>
  );
}

function Broken({ verdict }: { readonly verdict: Verdict }) {
  const styles = useStyles();
  const { records, coveredTo, problems } = verdict;
  const first = problems.find(({ sequence }) => sequence !== undefined)?.sequence;
  return (
    <Panel title={words.brokenTitle(first)} role="alert">
      <div className={styles.sentence}>
        <span className={styles.bad}>
          <ErrorCircleRegular className={styles.icon} />
        </span>
        <Text>{words.broken(records)}</Text>
      </div>
      <ul className={styles.problems}>
        {problems.map(describe).map((sentence) => (
          <li key={sentence}>
            <Text>{sentence}</Text>
          </li>
        ))}
      </ul>
      {coveredTo && <Text>{words.provedTo(time(coveredTo.signedAt), coveredTo.sequence)}</Text>}
      <Text>{words.keepProof}</Text>
    </Panel>
  );
}
