import {
  Button,
  Field,
  Input,
  makeStyles,
  mergeClasses,
  SearchBox,
  tokens,
} from '@fluentui/react-components';
import { useEffect, useId, useState } from 'react';
import { isNarrowed, without, type View } from './view';
import { words } from './words';

const phone = '@media (max-width: 640px)';

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'end',
    gap: tokens.spacingHorizontalM,
    padding: tokens.spacingHorizontalL,
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusLarge,
    boxShadow: tokens.shadow2,
    outline: '1px solid transparent',
    [phone]: { padding: tokens.spacingHorizontalM, '& input, & button': { minHeight: '44px' } },
  },
  searchField: { flexGrow: 1, flexBasis: '12rem', minWidth: 0, [phone]: { flexBasis: '8rem' } },
  search: { maxWidth: 'none', width: '100%' },
  // A phone's first screen is for meetings.
  fold: { display: 'none', [phone]: { display: 'inline-flex' } },
  others: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'end',
    gap: tokens.spacingHorizontalM,
    [phone]: { flexBasis: '100%', flexDirection: 'column', alignItems: 'stretch' },
  },
  folded: { [phone]: { display: 'none' } },
});

/** Somebody who types has not said it all yet. */
const pause = 300;

/** Narrows the list; the address bar holds it. */
export function MeetingFilters(props: { readonly view: View; readonly onChange: (view: View) => void }) {
  const styles = useStyles();
  const others = useId();
  const [isOpen, setOpen] = useState(false);
  const { view, onChange } = props;
  const set = (name: 'host' | 'query' | 'from' | 'to', value: string) => {
    const rest = without(view, name);
    onChange(value ? { ...rest, [name]: value } : rest);
  };
  const isMine = view.host !== undefined;
  const folded = [view.host, view.from, view.to].filter(Boolean).length;
  const dates = (['from', 'to'] as const).map((name) => (
    <Field key={name} label={words[name]}>
      <Input type="date" value={view[name] ?? ''} onChange={(_event, { value }) => set(name, value)} />
    </Field>
  ));

  return (
    <search className={styles.bar} aria-label={words.filters}>
      <Field label={words.search} className={styles.searchField}>
        <Search text={view.query ?? ''} onSearch={(text) => set('query', text)} />
      </Field>
      <Button
        className={styles.fold}
        aria-expanded={isOpen}
        aria-controls={others}
        onClick={() => setOpen(!isOpen)}
      >
        {words.otherFilters(folded)}
      </Button>
      <div id={others} className={mergeClasses(styles.others, !isOpen && styles.folded)}>
        <Button
          aria-pressed={isMine}
          appearance={isMine ? 'primary' : 'secondary'}
          onClick={() => set('host', isMine ? '' : 'me')}
        >
          {words.mine}
        </Button>
        {dates}
        {isNarrowed(view) && (
          <Button onClick={() => onChange(view.when ? { when: view.when } : {})}>{words.clear}</Button>
        )}
      </div>
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
