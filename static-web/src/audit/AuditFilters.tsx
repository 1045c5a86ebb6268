import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  Badge,
  Button,
  Field,
  Input,
  makeStyles,
  Select,
  tokens,
} from '@fluentui/react-components';
import { useState, type FormEvent } from 'react';
import { may } from '../me/permissions';
import { useMe } from '../me/useMe';
import type { FilterName, Filters } from './filters';
import { words } from './words';

const useStyles = makeStyles({
  box: {
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusLarge,
    boxShadow: tokens.shadow2,
  },
  header: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS },
  fields: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(13rem, 1fr))',
    gap: tokens.spacingHorizontalL,
    paddingBottom: tokens.spacingVerticalL,
    '& > *': { minWidth: 0 },
  },
  actions: {
    display: 'flex',
    gap: tokens.spacingHorizontalM,
    paddingBottom: tokens.spacingVerticalL,
  },
});

/** What is set is in the address bar; the fields hold what will be applied. */
export function AuditFilters(props: {
  readonly filters: Filters;
  readonly onApply: (filters: Filters) => void;
}) {
  const styles = useStyles();
  const { data: me } = useMe();
  const [applied, setApplied] = useState(props.filters);
  const [draft, setDraft] = useState<Filters>(props.filters);
  if (applied !== props.filters) {
    setApplied(props.filters);
    setDraft(props.filters);
  }
  const count = Object.keys(props.filters).length;
  const set = (name: FilterName, value: string) => setDraft((before) => ({ ...before, [name]: value }));

  const submit = (event: FormEvent) => {
    event.preventDefault();
    props.onApply(draft);
  };
  const field = (name: FilterName, label: string, type: 'text' | 'datetime-local' = 'text') => (
    <Field label={label}>
      <Input type={type} value={draft[name] ?? ''} onChange={(_event, { value }) => set(name, value)} />
    </Field>
  );
  const choice = (name: FilterName, label: string, options: Readonly<Record<string, string>>) => (
    <Field label={label}>
      <Select value={draft[name] ?? ''} onChange={(_event, { value }) => set(name, value)}>
        <option value="">{words.any}</option>
        {Object.entries(options).map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  );

  return (
    <search className={styles.box}>
      <Accordion collapsible defaultOpenItems={count > 0 ? ['filters'] : []}>
        <AccordionItem value="filters">
          <AccordionHeader as="h2">
            <span className={styles.header}>
              {words.filters}
              {count > 0 && <Badge appearance="tint">{words.active(count)}</Badge>}
            </span>
          </AccordionHeader>
          <AccordionPanel>
            <form onSubmit={submit}>
              <div className={styles.fields}>
                {field('from', words.from, 'datetime-local')}
                {field('to', words.to, 'datetime-local')}
                {field('person', words.person)}
                {field('ip', words.ip)}
                {field('action', words.action)}
                {field('meeting', words.meeting)}
                {choice('outcome', words.outcome, words.outcomes)}
                {choice('source', words.source, words.sources)}
                {may(me, 'audit:read:any') && field('organization', words.organization)}
              </div>
              <div className={styles.actions}>
                <Button type="submit" appearance="primary">
                  {words.apply}
                </Button>
                {count > 0 && <Button onClick={() => props.onApply({})}>{words.clear}</Button>}
              </div>
            </form>
          </AccordionPanel>
        </AccordionItem>
      </Accordion>
    </search>
  );
}
