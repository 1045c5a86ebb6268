import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { ServerVerdict } from '../api/types';
import { formatDateTime } from '../format/time';
import { Facts } from '../ui/Facts';
import { Panel } from '../ui/Panel';
import { Shield } from '../ui/Shield';
import { describe } from './describe';
import { judge, type Judgement } from '../trail/judge';
import type { Part } from './ends';
import type { Verdict } from './TrailVerifier';
import { words } from './words';

const useStyles = makeStyles({
  problems: { margin: 0, paddingLeft: tokens.spacingHorizontalXL, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3 },
});

/** What came of a verification. */
export interface Outcome {
  readonly verdict: Verdict;
  /** Of the trail as it is now; of a file nobody knows what came of it since. */
  readonly live?: {
    /** Its own verification; undefined when it did not answer. */
    readonly server: ServerVerdict | undefined;
    /** Seconds since 1970. */
    readonly verifiedAt: number;
  };
  /** How long it took. */
  readonly seconds: number;
  /** How many witnesses are pinned. */
  readonly witnesses: number;
}

const at = (text: string) => formatDateTime(new Date(text));
const time = (seconds: number | undefined) =>
  seconds === undefined ? undefined : formatDateTime(new Date(seconds * 1000));

/** The verdict in a sentence, how far it goes, and what is wrong, the first record of it in the title. */
export function VerdictPanel({ outcome }: { readonly outcome: Outcome }) {
  const styles = useStyles();
  const { verdict, live, seconds } = outcome;
  const judgement = judge(verdict, live?.server, live?.verifiedAt);
  const isWrong = judgement.state === 'wrong';
  if (verdict.records === 0 && !isWrong) return <Panel title={words.emptyTitle}>{words.empty}</Panel>;
  return (
    <Panel title={titleOf(verdict, judgement)} role={isWrong ? 'alert' : 'status'}>
      <Shield state={judgement.state} text={sentenceOf(verdict, judgement)} />
      {isWrong ? <Findings outcome={outcome} judgement={judgement} /> : <Meaning verdict={verdict} />}
      <Facts
        facts={[
          [words.ourVerdict, sayOurs(verdict)],
          ...(live ? [[words.serverVerdict, sayServers(live.server)] as const] : []),
          ...(verdict.part ? ([[words.part, sayPart(verdict.part)]] as const) : []),
          ...(verdict.erased.parts > 0
            ? ([
                [
                  words.erased,
                  words.erasedBy(verdict.erased.records, verdict.erased.parts, verdict.erased.by),
                ],
              ] as const)
            : []),
          ...(verdict.cut ? ([[words.cut, words.cutBy(verdict.cut.last, verdict.cut.by)]] as const) : []),
          ...(outcome.witnesses > 0
            ? ([[words.witnesses, sayWitnesses(verdict, outcome.witnesses)]] as const)
            : []),
        ]}
      />
      <Text size={200} className={styles.quiet}>
        {words.took(seconds.toFixed(1))}
      </Text>
    </Panel>
  );
}

function titleOf({ problems }: Verdict, { state, proved, reason }: Judgement): string {
  if (state === 'proved') return words.provedTitle;
  if (state === 'waiting') return proved > 0 ? words.waitingTitle : words.unprovedTitle;
  if (reason === 'not_signed') return words.notSignedTitle;
  if (reason === 'server') return words.serverTitle;
  return words.brokenTitle(problems.find(({ sequence }) => sequence !== undefined)?.sequence);
}

function sentenceOf({ records, coveredTo }: Verdict, { state, proved, reason }: Judgement): string {
  // Among what is wrong nobody can count what is proved; the last line says how far it goes.
  if (state === 'wrong' && reason === undefined) return words.broken(records);
  return words.proved(proved, records, time(coveredTo?.signedAt));
}

function Meaning({
  verdict: { records, proved, coveredTo, erased, cut, withheld },
}: {
  readonly verdict: Verdict;
}) {
  const waiting = records - proved;
  if (withheld !== undefined)
    return (
      <>
        <Text>{words.extractMeaning}</Text>
        {withheld > 0 && <Text>{words.withheld(withheld)}</Text>}
        <Text>{words.extractUnproved}</Text>
      </>
    );
  return (
    <>
      {coveredTo && <Text>{words.provedMeaning}</Text>}
      {waiting > 0 && <Text>{words.waiting(waiting)}</Text>}
      {erased.unproved > 0 && <Text>{words.erasedUnproved(erased.unproved)}</Text>}
      {cut?.isProved === false && <Text>{words.cutUnproved}</Text>}
      {erased.unexplained > 0 && <Text>{words.erasedUnexplained(erased.unexplained)}</Text>}
    </>
  );
}

function Findings({ outcome, judgement }: { readonly outcome: Outcome; readonly judgement: Judgement }) {
  const styles = useStyles();
  const { verdict, live } = outcome;
  const { coveredTo } = verdict;
  const own = verdict.problems.map(describe);
  const servers = live?.server?.problems.map(({ detail }) => detail) ?? [];
  return (
    <>
      {judgement.reason === 'not_signed' && <Text>{words.notSigned}</Text>}
      {judgement.reason === 'server' && <Text>{words.serverFound}</Text>}
      <ul className={styles.problems}>
        {(own.length > 0 ? own : servers).map((sentence) => (
          <li key={sentence}>
            <Text>{sentence}</Text>
          </li>
        ))}
      </ul>
      {coveredTo && judgement.reason === undefined && (
        <Text>{words.provedTo(coveredTo.head.size, time(coveredTo.signedAt))}</Text>
      )}
      <Text>{words.keepProof}</Text>
    </>
  );
}

function sayOurs({ problems, coveredTo }: Verdict): string {
  return problems.length > 0
    ? words.invalid(problems.length)
    : words.valid(coveredTo?.head.size, time(coveredTo?.signedAt));
}

function sayPart({ first, last, since, until, isAll }: Part): string {
  const range = [since && words.since(at(since)), until && words.until(at(until))].filter(Boolean).join(' ');
  const all = range && (isAll ? words.allOf(range) : words.notAllOf(range));
  return [words.records(first, last), all || words.othersNotAsked].join('; ');
}

function sayWitnesses({ seenBy }: Verdict, all: number): string {
  const seen = [...seenBy.values()].map((witness) =>
    words.seenTo(witness.name, witness.size, formatDateTime(new Date(witness.time * 1000))),
  );
  return [words.seenBy(seen.length, all), ...seen].join(': ');
}

function sayServers(server: ServerVerdict | undefined): string {
  if (!server) return words.serverSilent;
  if (!server.valid) return words.invalid(server.problems.length);
  return words.valid(server.coveredTo?.sequence, server.coveredTo && formatDateTime(server.coveredTo.time));
}
