import { Button, makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { CodeRegular, LinkRegular } from '@fluentui/react-icons';
import { useId } from 'react';
import type { AuditRecord } from '../api/types';
import { Facts } from '../ui/Facts';
import { TextLink } from '../ui/TextLink';
import { EvidenceButton } from './EvidenceButton';
import { fieldsOf } from './fields';
import { Moment } from './Moment';
import { OutcomeBadge } from './OutcomeBadge';
import { recordPath, storyPath } from './paths';
import { RecordShield } from './RecordShield';
import { useCopy } from './useCopy';
import { ValueMenu, type Narrowing } from './ValueMenu';
import { words } from './words';

const useStyles = makeStyles({
  record: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL, minWidth: 0 },
  sentence: { overflowWrap: 'anywhere' },
  meta: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  actions: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  json: {
    margin: 0,
    padding: tokens.spacingHorizontalM,
    maxHeight: '24rem',
    overflow: 'auto',
    backgroundColor: tokens.colorNeutralBackground2,
    borderRadius: tokens.borderRadiusMedium,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
});

/** All of one record: the sentence, how far it is proved, every value, and the JSON that the API answers. */
export function RecordView(props: {
  readonly record: AuditRecord;
  /** The organisation that was asked for, where it is not the reader's own. */
  readonly organization: string | undefined;
  readonly zone: string | undefined;
  readonly onNarrow: (narrowing: Narrowing) => void;
}) {
  const styles = useStyles();
  const id = useId();
  const { record, organization, zone, onNarrow } = props;
  const { copy, said } = useCopy();
  // Whoever follows it has a clock of their own.
  const path = recordPath(record.sequence, { organization });
  const person = record.actor.email ?? record.actor.subject;
  const json = JSON.stringify(record, undefined, 2);
  return (
    <div className={styles.record}>
      <Text size={400} className={styles.sentence}>
        {record.sentence}
      </Text>
      <div className={styles.meta}>
        <Moment instant={record.occurredAt} zone={zone} />
        <OutcomeBadge outcome={record.outcome} />
        {record.erasedBy && <Text size={200}>{words.erasedBy(record.erasedBy)}</Text>}
      </div>
      <RecordShield sequence={record.sequence} organization={organization} />
      <div className={styles.actions}>
        <Button icon={<LinkRegular />} onClick={() => copy(window.location.origin + path)}>
          {words.copyLink}
        </Button>
        <Button icon={<CodeRegular />} onClick={() => copy(json)}>
          {words.copyJson}
        </Button>
        <EvidenceButton query={{ organization, sequence: String(record.sequence) }} />
        {person && <TextLink to={storyPath(person, { organization, zone })}>{words.story}</TextLink>}
        <Text size={200} role="status">
          {said}
        </Text>
      </div>
      <Facts
        facts={fieldsOf(record).map((field) => [
          field.name,
          <ValueMenu key={field.key} field={field} onNarrow={onNarrow} onCopy={copy} />,
        ])}
      />
      <Subtitle2 as="h2" id={id}>
        {words.json}
      </Subtitle2>
      {/* What scrolls is reached with the keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className={styles.json} tabIndex={0} role="region" aria-labelledby={id}>
        {json}
      </pre>
    </div>
  );
}
