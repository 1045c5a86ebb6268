import { Combobox, Field, makeStyles, Option, Text, tokens } from '@fluentui/react-components';
import { useMemo, useState } from 'react';
import { findZone, findZones } from './timeZones';
import { useFormStyles } from './useFormStyles';
import { words } from './words';

const useStyles = makeStyles({
  option: { display: 'flex', flexDirection: 'column', minWidth: 0 },
  clock: { color: tokens.colorNeutralForeground3 },
});

// More than anybody reads; typing narrows them.
const shown = 30;

/** A time zone, found by what people call it; `at`: when its clocks are looked at. */
export function TimeZoneField(props: {
  readonly value: string;
  readonly at: Date | undefined;
  /** What the reader's clock shows then, where it is another. */
  readonly elsewhere: string | undefined;
  readonly onChange: (zone: string) => void;
}) {
  const styles = useStyles();
  const form = useFormStyles();
  const { value, onChange } = props;
  const [query, setQuery] = useState<string>();
  const [isOpen, setOpen] = useState(false);
  const [now] = useState(() => new Date());
  const at = (props.at ?? now).getTime();
  const chosen = useMemo(() => findZone(value, new Date(at)), [value, at]);
  const text = query?.trim() ?? '';
  const matches = useMemo(() => {
    if (!isOpen) return [];
    const found = findZones(text, new Date(at), shown);
    return text ? found : [chosen, ...found.filter(({ id }) => id !== chosen.id)];
  }, [isOpen, text, at, chosen]);
  const choose = (zone: string) => {
    setQuery(undefined);
    onChange(zone);
  };

  return (
    <Field label={words.timeZone} hint={props.elsewhere ?? words.timeZoneHint} required>
      <Combobox
        className={form.input}
        input={{ className: form.input }}
        open={isOpen}
        onOpenChange={(_event, { open }) => setOpen(open)}
        value={query ?? chosen.name}
        selectedOptions={[value]}
        onChange={({ target }) => {
          setQuery(target.value);
          setOpen(true);
        }}
        onOptionSelect={(_event, { optionValue }) => {
          // Typing reports a selection of nothing.
          if (optionValue) choose(optionValue);
        }}
        onBlur={() => {
          // Whoever typed until one zone was left meant that one.
          if (text && matches.length === 1 && matches[0]) choose(matches[0].id);
          else setQuery(undefined);
        }}
      >
        {matches.map(({ id, name, places, clock }) => (
          <Option key={id} value={id} text={name}>
            <span className={styles.option}>
              <Text>{places}</Text>
              <Text size={200} className={styles.clock}>
                {clock}
              </Text>
            </span>
          </Option>
        ))}
        {isOpen && matches.length === 0 && (
          <Option disabled value="" text="">
            {words.timeZoneNone}
          </Option>
        )}
      </Combobox>
    </Field>
  );
}
