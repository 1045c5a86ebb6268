import { Button, Field, Input, makeStyles, SearchBox, Select, tokens } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { isNarrowed, without, type View } from './view';
import { words } from './words';

const useStyles = makeStyles({
  bar: {
    display: 'grid',
    gridTemplateColumns: 'minmax(12rem, 1fr) auto auto auto auto',
    alignItems: 'end',
    gap: tokens.spacingHorizontalM,
    padding: tokens.spacingHorizontalL,
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusLarge,
    boxShadow: tokens.shadow2,
    '& > *': { minWidth: 0 },
    '@media (max-width: 900px)': { gridTemplateColumns: '1fr 1fr' },
    '@media (max-width: 640px)': { '& input, & select, & button': { minHeight: '44px' } },
  },
  search: { maxWidth: 'none', width: '100%' },
  wide: { '@media (max-width: 900px)': { gridColumn: '1 / -1' } },
});

/** Somebody who types has not said it all yet. */
const pause = 300;

/** Narrows the list; the address bar holds it. */
export function MeetingFilters(props: { readonly view: View; readonly onChange: (view: View) => void }) {
  const styles = useStyles();
  const { view, onChange } = props;
  const set = (name: 'host' | 'query' | 'from' | 'to', value: string) => {
    const rest = without(view, name);
    onChange(value ? { ...rest, [name]: value } : rest);
  };
  const dates = (['from', 'to'] as const).map((name) => (
    <Field key={name} label={words[name]}>
      <Input type="date" value={view[name] ?? ''} onChange={(_event, { value }) => set(name, value)} />
    </Field>
  ));

  return (
    <search className={styles.bar} aria-label={words.filters}>
      <Field label={words.search} className={styles.wide}>
        <Search text={view.query ?? ''} onSearch={(text) => set('query', text)} />
      </Field>
      <Field label={words.whose} className={styles.wide}>
        <Select value={view.host ?? ''} onChange={(_event, { value }) => set('host', value)}>
          <option value="">{words.all}</option>
          <option value="me">{words.mine}</option>
        </Select>
      </Field>
      {dates}
      {isNarrowed(view) && (
        <Button className={styles.wide} onClick={() => onChange(view.when ? { when: view.when } : {})}>
          {words.clear}
        </Button>
      )}
    </search>
  );
}

function Search({ text, onSearch }: { readonly text: string; readonly onSearch: (text: string) => void }) {
  const styles = useStyles();
  const [typed, setTyped] = useState({ text, isSent: true });
  // The address may have changed meanwhile, as by Back.
  const isMine = !typed.isSent || typed.text.trim() === text;
  const { isSent } = typed;
  const wanted = typed.text.trim();

  useEffect(() => {
    if (isSent) return;
    const timer = setTimeout(() => {
      setTyped((before) => ({ ...before, isSent: true }));
      onSearch(wanted);
    }, pause);
    return () => clearTimeout(timer);
  }, [isSent, onSearch, wanted]);

  return (
    <SearchBox
      className={styles.search}
      dir="auto"
      maxLength={200}
      value={isMine ? typed.text : text}
      onChange={(_event, { value }) => setTyped({ text: value, isSent: false })}
    />
  );
}
