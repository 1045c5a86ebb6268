import { Button, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { ChevronDownRegular, ChevronUpRegular, OpenRegular } from '@fluentui/react-icons';
import { useId } from 'react';
import type { AuditRecord } from '../api/types';
import { Moment } from '../trail/Moment';
import { OutcomeBadge } from '../trail/OutcomeBadge';
import { sentenceOf } from '../trail/sentence';
import { sourceName } from '../trail/sources';
import { words as trailWords } from '../trail/words';
import { DialogButton } from '../ui/DialogButton';
import { useListStyles } from '../ui/useListStyles';
import type { Deed } from './fold';
import { words } from './words';

const useStyles = makeStyles({
  row: {
    display: 'grid',
    gridTemplateColumns: '13rem minmax(0, 1fr) auto',
    columnGap: tokens.spacingHorizontalL,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
    '@media (max-width: 800px)': { gridTemplateColumns: 'minmax(0, 1fr) auto' },
  },
  when: { '@media (max-width: 800px)': { gridColumn: '1 / -1' } },
  sentence: { overflowWrap: 'anywhere' },
  meta: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    color: tokens.colorNeutralForeground3,
  },
  parts: { gridColumn: '1 / -1', paddingTop: tokens.spacingVerticalM },
  part: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    gap: tokens.spacingHorizontalM,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    paddingTop: tokens.spacingVerticalM,
  },
});

/** One deed as one line; what was intended, what came of it and what Zoom tells of it below it when it is opened. */
export function DeedRow(props: {
  readonly deed: Deed;
  readonly zone: string | undefined;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly onShow: (record: AuditRecord) => void;
}) {
  const styles = useStyles();
  const lists = useListStyles();
  const id = useId();
  const { deed, zone, isOpen, onToggle, onShow } = props;
  const { record, others } = deed;
  const all = [record, ...others].sort((one, other) => one.sequence - other.sequence);
  return (
    <article className={styles.row} aria-labelledby={id}>
      <div className={styles.when}>
        <Moment instant={record.occurredAt} zone={zone} />
      </div>
      <div>
        <Text id={id} className={styles.sentence}>
          {sentenceOf(record)}
        </Text>
        <div className={styles.meta}>
          <OutcomeBadge outcome={record.outcome} />
          <Text size={200}>{record.action}</Text>
          <Text size={200}>{sourceName(record.source)}</Text>
          {record.erasedBy && <Text size={200}>{trailWords.erasedBy(record.erasedBy)}</Text>}
          {others.length > 0 && (
            <Button
              size="small"
              appearance="transparent"
              icon={isOpen ? <ChevronUpRegular /> : <ChevronDownRegular />}
              iconPosition="after"
              aria-expanded={isOpen}
              aria-describedby={id}
              onClick={onToggle}
            >
              {words.folded(all.length)}
            </Button>
          )}
        </div>
      </div>
      <ShowButton record={record} describedBy={id} onShow={onShow} />
      {isOpen && (
        <ol className={mergeClasses(lists.parts, styles.parts)} aria-label={words.foldedList}>
          {all.map((part) => (
            <li key={part.sequence} className={styles.part}>
              <div>
                <Moment instant={part.occurredAt} zone={zone} />
                <Text id={`${id}-${part.sequence}`} className={styles.sentence}>
                  {sentenceOf(part)}
                </Text>
                <div className={styles.meta}>
                  <OutcomeBadge outcome={part.outcome} />
                  <Text size={200}>{sourceName(part.source)}</Text>
                </div>
              </div>
              <ShowButton record={part} describedBy={`${id}-${part.sequence}`} onShow={onShow} />
            </li>
          ))}
        </ol>
      )}
    </article>
  );
}

function ShowButton(props: {
  readonly record: AuditRecord;
  readonly describedBy: string;
  readonly onShow: (record: AuditRecord) => void;
}) {
  return (
    <DialogButton
      appearance="subtle"
      icon={<OpenRegular />}
      aria-label={words.details}
      aria-describedby={props.describedBy}
      onClick={() => props.onShow(props.record)}
    />
  );
}
