import { Button, Field, Input, makeStyles, Select, tokens } from '@fluentui/react-components';
import { useState, type FormEvent, type ReactNode } from 'react';
import { isTimeZone, ownTimeZone } from '../format/time';
import { instantsOf, toWallTime } from '../format/wallTime';
import { FilterForm } from './FilterForm';
import { without, type FilterName, type View } from './filters';
import { isRange, ranges } from './ranges';
import { filterWords as words } from './words';

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    padding: tokens.spacingHorizontalL,
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusLarge,
    boxShadow: tokens.shadow2,
    outline: '1px solid transparent',
    // What stays must leave room for what it is about.
    '@media (min-width: 641px) and (min-height: 641px)': { position: 'sticky', top: 0, zIndex: 1 },
  },
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-end',
    gap: tokens.spacingHorizontalM,
    '& > *': { minWidth: 0 },
  },
});

/** The period, the clock and the filters of a page, all of which the address bar holds. */
export function FilterBar(props: {
  readonly view: View;
  readonly onChange: (view: View) => void;
  /** What may be looked for, as far as the page knows. */
  readonly suggestions: Readonly<Partial<Record<FilterName, readonly string[]>>>;
  /** The period that an address without one is of. */
  readonly usual: 'all' | 'day';
  readonly children?: ReactNode;
}) {
  const styles = useStyles();
  const { view, onChange, usual } = props;
  const zone = view.zone && isTimeZone(view.zone) ? view.zone : ownTimeZone;
  const [isBetween, setBetween] = useState(false);
  const period = isBetween || view.from || view.to ? 'between' : (view.range ?? usual);
  const periods = [...(usual === 'all' ? ['all' as const] : []), ...rangeNames, 'between' as const];

  const choosePeriod = (value: string) => {
    const rest = without(view, 'range', 'from', 'to');
    setBetween(value === 'between');
    if (value !== 'between') onChange(isRange(value) && value !== usual ? { ...rest, range: value } : rest);
  };
  const chooseZone = (value: string) => {
    const rest = without(view, 'zone');
    onChange(value === ownTimeZone ? rest : { ...rest, zone: value });
  };

  return (
    <search className={styles.bar} aria-label={words.title}>
      <div className={styles.row}>
        <Field label={words.period}>
          <Select value={period} onChange={(_event, { value }) => choosePeriod(value)}>
            {periods.map((name) => (
              <option key={name} value={name}>
                {words.periods[name]}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={words.zone}>
          <Select value={zone} onChange={(_event, { value }) => chooseZone(value)}>
            {zones(zone).map((name) => (
              <option key={name} value={name}>
                {name === ownTimeZone ? words.ownZone(name) : name}
              </option>
            ))}
          </Select>
        </Field>
        <FilterForm
          suggestions={props.suggestions}
          onAdd={(name, value) => onChange({ ...view, [name]: value })}
        />
      </div>
      {period === 'between' && (
        <BetweenForm
          view={view}
          zone={zone}
          onApply={(from, to) => {
            const rest = without(view, 'range', 'from', 'to');
            onChange({ ...rest, ...(from ? { from } : {}), ...(to ? { to } : {}) });
          }}
        />
      )}
      {props.children}
    </search>
  );
}

const rangeNames = Object.keys(ranges) as (keyof typeof ranges)[];

/** The reader's own first, then UTC, then all others. */
const zones = (chosen: string): string[] => [
  ...new Set([ownTimeZone, 'UTC', chosen, ...Intl.supportedValuesOf('timeZone')]),
];

function BetweenForm(props: {
  readonly view: View;
  readonly zone: string;
  readonly onApply: (from: string | undefined, to: string | undefined) => void;
}) {
  const styles = useStyles();
  const { view, zone } = props;
  // What is typed stays until it is applied, whatever else the address comes to say.
  const [typed, setTyped] = useState<{ readonly from?: string; readonly to?: string }>({});
  const from = typed.from ?? wall(view.from, zone);
  const to = typed.to ?? wall(view.to, zone);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTyped({});
    props.onApply(instantsOf(from, zone)[0]?.toISOString(), instantsOf(to, zone)[0]?.toISOString());
  };
  return (
    <form className={styles.row} onSubmit={submit}>
      <Field label={words.from}>
        <Input
          type="datetime-local"
          value={from}
          onChange={(_event, { value }) => setTyped({ ...typed, from: value })}
        />
      </Field>
      <Field label={words.to}>
        <Input
          type="datetime-local"
          value={to}
          onChange={(_event, { value }) => setTyped({ ...typed, to: value })}
        />
      </Field>
      <Button type="submit">{words.apply}</Button>
    </form>
  );
}

/** As a field for local times takes it; nothing of what is no time. */
function wall(instant: string | undefined, zone: string): string {
  const time = new Date(instant ?? '');
  return Number.isNaN(time.getTime()) ? '' : toWallTime(time, zone);
}
