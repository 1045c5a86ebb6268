import { makeStyles, mergeClasses, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { OpenRegular } from '@fluentui/react-icons';
import { useId } from 'react';
import type { AuditRecord } from '../api/types';
import { formatDuration } from '../format/time';
import { Moment } from '../trail/Moment';
import { OutcomeBadge } from '../trail/OutcomeBadge';
import { sentenceOf } from '../trail/sentence';
import { sourceName } from '../trail/sources';
import { DialogButton } from '../ui/DialogButton';
import { useListStyles } from '../ui/useListStyles';
import { signInOf, type Chapter } from './story';
import { storyWords as words } from './words';

const useStyles = makeStyles({
  chapter: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    padding: tokens.spacingHorizontalL,
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusLarge,
    boxShadow: tokens.shadow2,
    outline: '1px solid transparent',
  },
  line: { paddingLeft: tokens.spacingHorizontalL, borderLeft: `2px solid ${tokens.colorNeutralStroke1}` },
  step: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    columnGap: tokens.spacingHorizontalM,
    overflowWrap: 'anywhere',
  },
  meta: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    color: tokens.colorNeutralForeground3,
  },
});

/** A sign-in and what followed, step by step. */
export function ChapterPart(props: {
  readonly chapter: Chapter;
  readonly zone: string | undefined;
  readonly onShow: (record: AuditRecord) => void;
}) {
  const styles = useStyles();
  const lists = useListStyles();
  const id = useId();
  const { chapter, zone, onShow } = props;
  const { ip, factor, device } = signInOf(chapter);
  const title = [
    words[chapter.kind],
    ip && words.from(ip),
    factor && words.with(factor),
    device && words.on(device),
  ]
    .filter(Boolean)
    .join(' ');
  return (
    <article className={styles.chapter} aria-labelledby={id}>
      <Subtitle2 as="h2" id={id}>
        {title}
      </Subtitle2>
      <ol className={mergeClasses(lists.parts, styles.line)} aria-label={words.entries(title)}>
        {chapter.steps.map(({ record, minutes }) => (
          <li key={record.sequence} className={styles.step}>
            <div>
              <Moment instant={record.occurredAt} zone={zone} />
              <Text id={`${id}-${record.sequence}`}>{sentenceOf(record)}</Text>
              <div className={styles.meta}>
                <OutcomeBadge outcome={record.outcome} />
                {minutes !== undefined && <Text size={200}>{words.stayed(formatDuration(minutes))}</Text>}
                <Text size={200}>{record.action}</Text>
                <Text size={200}>{sourceName(record.source)}</Text>
              </div>
            </div>
            <DialogButton
              appearance="subtle"
              icon={<OpenRegular />}
              aria-label={words.details}
              aria-describedby={`${id}-${record.sequence}`}
              onClick={() => onShow(record)}
            />
          </li>
        ))}
      </ol>
    </article>
  );
}
