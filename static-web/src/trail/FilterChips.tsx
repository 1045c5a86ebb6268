import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import { useListStyles } from '../ui/useListStyles';
import { formatDateTime, isTimeZone } from '../format/time';
import type { Condition } from './conditions';
import { filterNames, without, type View } from './filters';
import { sourceName } from './sources';
import { filterWords, words } from './words';

const useStyles = makeStyles({
  chip: { maxWidth: '100%', overflowWrap: 'anywhere', fontWeight: tokens.fontWeightRegular },
});

const fieldNames: Readonly<Record<string, string>> = words.fields;
const outcomeNames: Readonly<Record<string, string>> = words.outcomes;

/** A value as people read it. */
function shown(name: string, value: string): string {
  if (name === 'outcome') return outcomeNames[value] ?? value;
  return name === 'source' ? sourceName(value) : value;
}

const nameOf = (key: string) => fieldNames[key] ?? key.replace(/^details\./, '');

function saidOf({ kind, key, value }: Condition, zone: string | undefined): string {
  const clock = zone && isTimeZone(zone) ? zone : undefined;
  return kind === 'counted'
    ? filterWords.counted(formatDateTime(key, clock), formatDateTime(value, clock))
    : filterWords[kind](nameOf(key), shown(key, value));
}

/** The button is about to go, and the focus must not be lost with it. */
const focusBar = (button: HTMLElement) => button.closest('search')?.querySelector('select')?.focus();

/** What is set, each of which can be taken away. */
export function FilterChips(props: {
  readonly view: View;
  readonly conditions: readonly Condition[];
  readonly onChange: (view: View, conditions: readonly Condition[]) => void;
}) {
  const styles = useStyles();
  const lists = useListStyles();
  const { view, conditions, onChange } = props;
  const chips = [
    ...filterNames.flatMap((name) => {
      const { [name]: value } = view;
      return value === undefined
        ? []
        : [
            {
              key: name,
              text: filterWords.chip(filterWords.names[name], shown(name, value)),
              remove: () => onChange(without(view, name), conditions),
            },
          ];
    }),
    ...conditions.map((condition) => ({
      key: `${condition.kind} ${condition.key} ${condition.value}`,
      text: saidOf(condition, view.zone),
      remove: () =>
        onChange(
          view,
          conditions.filter((one) => one !== condition),
        ),
    })),
  ];
  if (chips.length === 0) return null;

  const clear = () => onChange(without(view, ...filterNames), []);
  return (
    <ul className={lists.tags}>
      {chips.map(({ key, text, remove }) => (
        <li key={key}>
          <Button
            className={styles.chip}
            size="small"
            shape="circular"
            icon={<DismissRegular />}
            iconPosition="after"
            aria-label={filterWords.remove(text)}
            onClick={({ currentTarget }) => {
              focusBar(currentTarget);
              remove();
            }}
          >
            {text}
          </Button>
        </li>
      ))}
      {chips.length > 1 && (
        <li>
          <Button
            size="small"
            appearance="transparent"
            onClick={({ currentTarget }) => {
              focusBar(currentTarget);
              clear();
            }}
          >
            {filterWords.clear}
          </Button>
        </li>
      )}
    </ul>
  );
}
