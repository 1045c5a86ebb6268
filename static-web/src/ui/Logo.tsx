import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { words } from './words';

const useStyles = makeStyles({
  logo: { display: 'inline-flex', alignItems: 'center', gap: tokens.spacingHorizontalS },
});

/** The drawing of favicon.svg, which would cost a document of its own as an image. */
export function Logo() {
  const styles = useStyles();
  return (
    <span className={styles.logo}>
      <svg viewBox="0 0 32 32" width={28} height={28} aria-hidden>
        <rect width="32" height="32" rx="8" fill="#0f766e" />
        <path d="M16 5.5 25 9v7c0 5.4-3.7 9-9 10.7C10.7 25 7 21.4 7 16V9z" fill="#fff" />
        <path
          d="M11 13h6.5a1 1 0 0 1 1 1v4.5a1 1 0 0 1-1 1H11a1 1 0 0 1-1-1V14a1 1 0 0 1 1-1zm8.5 2.6 2.5-1.5v4.3l-2.5-1.5z"
          fill="#0f766e"
        />
      </svg>
      <Text weight="semibold" size={400}>
        {words.product}
      </Text>
    </span>
  );
}
