import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { AuditSummary } from '../api/types';
import { formatCount } from '../format/count';
import { formatDateTime } from '../format/time';
import { placeOf, recordsPath, type Place } from '../trail/paths';
import { TextLink } from '../ui/TextLink';
import { useListStyles } from '../ui/useListStyles';
import { sourcesOf, totalsOf, within } from './figures';
import type { Period } from './period';
import { words } from './words';

const useStyles = makeStyles({
  tiles: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(9.5rem, 100%), 1fr))',
    gap: tokens.spacingHorizontalM,
  },
  tile: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXS,
    padding: tokens.spacingHorizontalM,
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusLarge,
    boxShadow: tokens.shadow2,
    outline: '1px solid transparent',
  },
  quiet: { color: tokens.colorNeutralForeground3 },
  silent: { color: tokens.colorStatusWarningForeground1, fontWeight: tokens.fontWeightSemibold },
});

const tileNames = words.tiles;

/** The period in six numbers, each with what it was before, like compared with like. */
export function Tiles(props: {
  readonly summary: AuditSummary;
  readonly before: AuditSummary | undefined;
  readonly compared: Period['compared'];
  readonly place: Place;
}) {
  const styles = useStyles();
  const lists = useListStyles();
  const { summary, before, compared, place } = props;
  const { zone } = place;
  const now = totalsOf(summary);
  const then = before && totalsOf(before);
  const whole = compared && totalsOf(within(summary, compared.now));
  const change = (value: (totals: typeof now) => string) =>
    then && whole
      ? compared.isWhole
        ? words.before(value(then))
        : words.beforeWhole(summary.by, value(whole), value(then))
      : undefined;
  const active = (totals: typeof now) => {
    const { active: count, atLeast } = totals.busiest?.people ?? { active: 0, atLeast: false };
    return atLeast ? words.atLeast(count) : formatCount(count);
  };
  const locked = recordsPath({ ...placeOf(place), action: 'account.locked' });
  return (
    <ul className={mergeClasses(lists.tags, styles.tiles)}>
      <Tile
        name={summary.by === 'hour' ? tileNames.activeHour : tileNames.activeDay}
        value={active(now)}
        change={change(active)}
      />
      <Tile
        name={tileNames.signIns}
        value={formatCount(now.succeeded)}
        change={change(({ succeeded }) => formatCount(succeeded))}
      />
      <Tile
        name={tileNames.failureRate}
        value={words.percent(now.failureRate)}
        change={change(({ failureRate }) => words.percent(failureRate))}
      />
      <Tile name={tileNames.locked} value={formatCount(summary.locked.length)}>
        {summary.locked.length > 0 && <TextLink to={locked}>{words.records}</TextLink>}
      </Tile>
      <Tile
        name={tileNames.factor}
        value={words.percent(now.withSecondFactor)}
        change={change(({ withSecondFactor }) => words.percent(withSecondFactor))}
      />
      <li className={styles.tile}>
        <Text size={200}>{tileNames.sources}</Text>
        {summary.sources.length === 0 && <Text size={200}>{words.noSource}</Text>}
        {sourcesOf(summary).map(({ name, heardAt, silent }) => (
          <Text key={name} size={200} className={silent ? styles.silent : styles.quiet}>
            {silent || heardAt === undefined
              ? words.silent(name, heardAt && formatDateTime(heardAt, zone))
              : words.heard(name, formatDateTime(heardAt, zone))}
          </Text>
        ))}
      </li>
    </ul>
  );
}

function Tile(props: {
  readonly name: string;
  readonly value: string;
  readonly change?: string | undefined;
  readonly children?: ReactNode;
}) {
  const styles = useStyles();
  return (
    <li className={styles.tile}>
      <Text size={200}>{props.name}</Text>
      <Text size={600} weight="semibold">
        {props.value}
      </Text>
      {props.change !== undefined && (
        <Text size={200} className={styles.quiet}>
          {props.change}
        </Text>
      )}
      {props.children}
    </li>
  );
}
