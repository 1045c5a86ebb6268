import { Badge, Button, makeStyles, Text, tokens, type BadgeProps } from '@fluentui/react-components';
import { ChevronDownRegular, ChevronUpRegular } from '@fluentui/react-icons';
import { useId, useState } from 'react';
import type { AuditRecord } from '../api/types';
import { formatDateTime } from '../format/time';
import { RecordDetails } from './RecordDetails';
import { sourceName } from './sources';
import { words } from './words';

const useStyles = makeStyles({
  entry: {
    display: 'grid',
    gridTemplateColumns: '1fr auto',
    gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
  },
  sentence: { overflowWrap: 'anywhere', gridColumn: 1 },
  meta: {
    gridColumn: 1,
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    color: tokens.colorNeutralForeground3,
  },
  toggle: { gridColumn: 2, gridRow: '1 / span 2', alignSelf: 'center' },
  details: { gridColumn: '1 / -1', paddingTop: tokens.spacingVerticalM },
});

const colors: Readonly<Record<AuditRecord['outcome'], NonNullable<BadgeProps['color']>>> = {
  success: 'success',
  denied: 'danger',
  failure: 'warning',
  intent: 'informative',
};

/** The sentence first; everything else on demand. */
export function AuditEntry({ record }: { readonly record: AuditRecord }) {
  const styles = useStyles();
  const id = useId();
  const [open, setOpen] = useState(false);
  return (
    <article className={styles.entry} aria-labelledby={`${id}-sentence`}>
      <Text id={`${id}-sentence`} className={styles.sentence}>
        {record.sentence}
      </Text>
      <div className={styles.meta}>
        <Badge appearance="tint" color={colors[record.outcome]}>
          {words.outcomes[record.outcome]}
        </Badge>
        <Text size={200}>
          <time dateTime={record.occurredAt}>{formatDateTime(record.occurredAt)}</time>
        </Text>
        <Text size={200}>{record.action}</Text>
        <Text size={200}>{sourceName(record.source)}</Text>
      </div>
      <Button
        className={styles.toggle}
        appearance="subtle"
        icon={open ? <ChevronUpRegular /> : <ChevronDownRegular />}
        aria-label={words.details}
        aria-describedby={`${id}-sentence`}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      />
      {open && (
        <div className={styles.details}>
          <RecordDetails record={record} />
        </div>
      )}
    </article>
  );
}
