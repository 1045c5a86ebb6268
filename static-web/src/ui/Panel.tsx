import { makeStyles, Text, Title3, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  panel: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    maxWidth: '40rem',
    boxSizing: 'border-box',
    padding: tokens.spacingVerticalXXL,
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusLarge,
    boxShadow: tokens.shadow4,
    outline: '1px solid transparent',
    '@media (max-width: 480px)': { padding: tokens.spacingVerticalL },
  },
  body: { color: tokens.colorNeutralForeground2 },
  actions: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalM,
    marginTop: tokens.spacingVerticalS,
  },
});

/** One message with what to do next; errors and empty places all look like this. */
export function Panel(props: {
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  readonly role?: 'alert' | 'status';
  readonly level?: 1 | 2;
}) {
  const styles = useStyles();
  return (
    <div className={styles.panel} {...(props.role ? { role: props.role } : {})}>
      <Title3 as={props.level === 1 ? 'h1' : 'h2'}>{props.title}</Title3>
      {typeof props.children === 'string' ? (
        <Text className={styles.body}>{props.children}</Text>
      ) : (
        props.children
      )}
      {props.actions && <div className={styles.actions}>{props.actions}</div>}
    </div>
  );
}
