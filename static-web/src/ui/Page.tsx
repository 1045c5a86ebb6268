import { makeStyles, Text, Title1, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useTitle } from './useTitle';

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXL },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-end',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalL,
    // As high as its action is there, which may come later: nothing may jump.
    '@media (pointer: coarse), (max-width: 640px)': { minHeight: '44px' },
  },
  title: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  name: { overflowWrap: 'anywhere' },
  lead: { color: tokens.colorNeutralForeground2 },
});

/** Heading, one line that says what the page is for, and its main action. */
export function Page(props: {
  readonly title: string;
  readonly lead?: string | undefined;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}) {
  const styles = useStyles();
  useTitle(props.title);
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <div className={styles.title}>
          <Title1 as="h1" dir="auto" className={styles.name}>
            {props.title}
          </Title1>
          {props.lead && <Text className={styles.lead}>{props.lead}</Text>}
        </div>
        {props.action}
      </div>
      {props.children}
    </div>
  );
}
