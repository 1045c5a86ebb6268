import { Button, Field, Input, makeStyles, Select, tokens } from '@fluentui/react-components';
import { FilterRegular } from '@fluentui/react-icons';
import { useId, useState, type FormEvent } from 'react';
import { filterNames, type FilterName } from './filters';
import { filterWords, words as trailWords } from './words';

const useStyles = makeStyles({
  form: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-start',
    gap: tokens.spacingHorizontalM,
    flexGrow: 1,
    '& > *': { minWidth: 0 },
  },
  value: { flex: '1 1 12rem' },
  // As far down as a label is high.
  add: { marginTop: '1.625rem' },
});

const choices: Readonly<Partial<Record<FilterName, Readonly<Record<string, string>>>>> = {
  outcome: trailWords.outcomes,
  source: trailWords.sources,
};

/** One more filter: by what, and for which value. */
export function FilterForm(props: {
  readonly suggestions: Readonly<Partial<Record<FilterName, readonly string[]>>>;
  readonly onAdd: (name: FilterName, value: string) => void;
}) {
  const styles = useStyles();
  const id = useId();
  const [name, setName] = useState<FilterName>('person');
  const [value, setValue] = useState('');
  const [isMissing, setMissing] = useState(false);
  const options = choices[name];

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wanted = value.trim();
    setMissing(wanted === '');
    if (wanted === '') return;
    props.onAdd(name, wanted);
    setValue('');
  };
  const change = (next: string) => {
    setValue(next);
    setMissing(false);
  };

  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <Field label={filterWords.by}>
        <Select
          value={name}
          onChange={(_event, data) => {
            setName(data.value as FilterName);
            change('');
          }}
        >
          {filterNames.map((one) => (
            <option key={one} value={one}>
              {filterWords.names[one]}
            </option>
          ))}
        </Select>
      </Field>
      <Field
        className={styles.value}
        label={filterWords.value}
        {...(isMissing ? { validationMessage: filterWords.missing } : {})}
      >
        {options ? (
          <Select value={value} onChange={(_event, data) => change(data.value)}>
            <option value="">{filterWords.choose}</option>
            {Object.entries(options).map(([key, label]) => (
              <option key={key} value={key}>
                {label}
              </option>
            ))}
          </Select>
        ) : (
          <Input
            value={value}
            placeholder={filterWords.hints[name]}
            autoComplete="off"
            spellCheck={false}
            input={{ list: `${id}-known` }}
            onChange={(_event, data) => change(data.value)}
          />
        )}
      </Field>
      <datalist id={`${id}-known`}>
        {props.suggestions[name]?.map((known) => (
          <option key={known} value={known} />
        ))}
      </datalist>
      <Button type="submit" icon={<FilterRegular />} className={styles.add}>
        {filterWords.add}
      </Button>
    </form>
  );
}
