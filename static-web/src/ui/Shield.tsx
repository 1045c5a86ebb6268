import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { ShieldCheckmarkRegular, ShieldErrorRegular, ShieldQuestionRegular } from '@fluentui/react-icons';

/** Green, amber, red. */
export type ShieldState = 'proved' | 'waiting' | 'wrong';

const useStyles = makeStyles({
  shield: { display: 'flex', gap: tokens.spacingHorizontalM, alignItems: 'flex-start' },
  icon: { flexShrink: 0, fontSize: '1.5rem', lineHeight: 0 },
  proved: { color: tokens.colorStatusSuccessForeground1 },
  waiting: { color: tokens.colorStatusWarningForeground1 },
  wrong: { color: tokens.colorStatusDangerForeground1 },
});

const icons = {
  proved: ShieldCheckmarkRegular,
  waiting: ShieldQuestionRegular,
  wrong: ShieldErrorRegular,
} as const;

/** How far a trail can be relied on; the colour says nothing that the text does not. */
export function Shield({ state, text }: { readonly state: ShieldState; readonly text: string }) {
  const styles = useStyles();
  const Icon = icons[state];
  return (
    <div className={styles.shield}>
      <span className={styles[state]}>
        <Icon className={styles.icon} />
      </span>
      <Text weight="semibold">{text}</Text>
    </div>
  );
}
