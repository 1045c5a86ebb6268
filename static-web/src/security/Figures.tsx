import { Badge, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { AuditSummary } from '../api/types';
import { RankTable } from '../chart/RankTable';
import type { View } from '../trail/filters';
import { storyPath } from '../trail/paths';
import { TextLink } from '../ui/TextLink';
import { countedPath } from './countedPath';
import { addressesOf, denialsOf, factorsOf, peopleOf, reasonsOf, totalsOf, type Count } from './figures';
import type { Span } from './period';
import { Section } from './Section';
import { words } from './words';

const useStyles = makeStyles({
  pair: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(22rem, 100%), 1fr))',
    gap: tokens.spacingHorizontalL,
  },
  name: {
    display: 'inline-flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    overflowWrap: 'anywhere',
  },
});

/** So many people from one address are no family. */
const spraying = 5;
/** So many failures in front of a sign-in are no typing error. */
const guessing = 5;

/** Why, who, from where and by what: each number leads to its records. */
export function Figures({ summary, view }: { readonly summary: AuditSummary; readonly view: View }) {
  const styles = useStyles();
  const { buckets } = summary;
  const totals = totalsOf(summary);
  const [reasons, denials, factors] = [reasonsOf(buckets), denialsOf(buckets), factorsOf(buckets)];
  const [people, addresses] = [peopleOf(buckets), addressesOf(buckets)];
  const failures: View = { ...view, action: 'signin.failed' };
  const byReason = (of: View, counts: readonly Count[]) =>
    counts.map(({ key, count }) => ({
      key,
      name: <TextLink to={withReason(of, summary, key)}>{words.plain(key)}</TextLink>,
      values: [count],
    }));
  return (
    <div className={styles.pair}>
      <Section
        title={words.reasonsTitle}
        said={reasons[0] ? words.reasonsSaid(reasons[0].key, reasons[0].count) : words.noneYet}
      >
        {reasons.length > 0 && (
          <RankTable
            label={words.reasonsTitle}
            heads={[words.reason, words.count]}
            tone="bad"
            ranks={byReason(failures, reasons)}
          />
        )}
      </Section>
      <Section
        title={words.peopleTitle}
        said={people[0] ? words.peopleSaid(people[0].person, people[0].failed) : words.noneYet}
      >
        {people.length > 0 && (
          <RankTable
            label={words.peopleTitle}
            heads={[words.person, words.failed, words.succeeded]}
            tone="bad"
            ranks={people.map(({ person, failed, succeeded }) => ({
              key: person,
              name: (
                <span className={styles.name}>
                  <TextLink to={storyPath(person, view)}>{person}</TextLink>
                  {failed >= guessing && succeeded > 0 && (
                    <Badge appearance="tint" color="warning">
                      {words.takeover}
                    </Badge>
                  )}
                </span>
              ),
              values: [failed, succeeded],
            }))}
          />
        )}
      </Section>
      <Section
        title={words.addressesTitle}
        said={addresses[0] ? words.addressesSaid(addresses[0].ip, addresses[0].failed) : words.noneYet}
      >
        {addresses.length > 0 && (
          <>
            <RankTable
              label={words.addressesTitle}
              heads={[words.address, words.failed, words.people]}
              tone="bad"
              ranks={addresses.map(({ ip, failed, people: count }) => ({
                key: ip,
                name: (
                  <span className={styles.name}>
                    <TextLink to={countedPath({ ...failures, ip }, summary)}>{ip}</TextLink>
                    {count >= spraying && (
                      <Badge appearance="tint" color="warning">
                        {words.spray}
                      </Badge>
                    )}
                  </span>
                ),
                values: [failed, count],
              }))}
            />
            <Text size={200}>{words.leastOf}</Text>
          </>
        )}
      </Section>
      <Section
        title={words.factorsTitle}
        said={words.factorsSaid(totals.challenged, totals.shown, totals.notShown)}
      >
        {factors.length > 0 && (
          <RankTable
            label={words.factorsTitle}
            heads={[words.factor, words.count]}
            tone="usual"
            ranks={factors.map(({ key, count }) => ({ key, name: words.plain(key), values: [count] }))}
          />
        )}
      </Section>
      <Section title={words.deniedTitle} said={words.denied(totals.denied, totals.lowered)}>
        {denials.length > 0 && (
          <RankTable
            label={words.deniedTitle}
            heads={[words.reason, words.count]}
            tone="bad"
            ranks={byReason({ ...view, outcome: 'denied' }, denials)}
          />
        )}
      </Section>
    </div>
  );
}

/** The API has no filter by reason: the list looks for it in the browser, and says so. What is summed up as `other` is no reason. */
function withReason(view: View, span: Span, reason: string): string {
  const conditions = reason === 'other' ? [] : [{ kind: 'only' as const, key: 'reason', value: reason }];
  return countedPath(view, span, ...conditions);
}
