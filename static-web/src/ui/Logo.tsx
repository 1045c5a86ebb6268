import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { text } from '../text';

const useStyles = makeStyles({
  logo: { display: 'inline-flex', alignItems: 'center', gap: tokens.spacingHorizontalS },
});

export function Logo() {
  const styles = useStyles();
  return (
    <span className={styles.logo}>
      <img src="/favicon.svg" alt="" width={28} height={28} />
      <Text weight="semibold" size={400}>
        {text.product}
      </Text>
    </span>
  );
}
