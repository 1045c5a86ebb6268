import { Button, LargeTitle, Link, makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { words as identityWords } from '../identity/words';
import { Logo } from '../ui/Logo';
import { SandboxNote } from '../ui/SandboxNote';
import { useTitle } from '../ui/useTitle';
import { words } from './words';

const useStyles = makeStyles({
  // Lies over the header, which is drawn before the settings say whether this is a sandbox: nothing may jump.
  note: { position: 'absolute', top: 0, left: 0, right: 0 },
  bar: {
    maxWidth: '64rem',
    boxSizing: 'border-box',
    margin: '0 auto',
    padding: `3rem ${tokens.spacingHorizontalL} ${tokens.spacingVerticalL}`,
  },
  main: {
    maxWidth: '64rem',
    boxSizing: 'border-box',
    margin: '0 auto',
    padding: `0 ${tokens.spacingHorizontalL} ${tokens.spacingVerticalXXXL}`,
  },
  hero: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: tokens.spacingVerticalXL,
    maxWidth: '40rem',
    padding: '5rem 0 4rem',
    '@media (max-width: 640px)': { padding: `${tokens.spacingVerticalXXXL} 0` },
  },
  title: {
    textWrap: 'balance',
    '@media (max-width: 640px)': {
      fontSize: tokens.fontSizeHero800,
      lineHeight: tokens.lineHeightHero800,
    },
  },
  quiet: { color: tokens.colorNeutralForeground2 },
  actions: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalXL },
  reasons: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(16rem, 1fr))',
    gap: tokens.spacingHorizontalXXL,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    paddingTop: tokens.spacingVerticalXXL,
  },
  reason: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
});

/** The first page for visitors: what this is and the way in. Stands alone, so that it arrives quickly. */
export function Landing(props: {
  readonly sandbox: boolean;
  readonly onSignIn: () => void;
  /** The visitor is about to sign in: time to fetch what comes next. */
  readonly onIntent?: () => void;
}) {
  const styles = useStyles();
  const [leaving, setLeaving] = useState(false);
  useTitle(words.pageTitle);
  // Whoever goes back from the sign-in may find the page as it was left.
  useEffect(() => {
    const come = () => setLeaving(false);
    window.addEventListener('pageshow', come);
    return () => window.removeEventListener('pageshow', come);
  }, []);
  return (
    <>
      <header>
        {props.sandbox && (
          <div className={styles.note}>
            <SandboxNote />
          </div>
        )}
        <div className={styles.bar}>
          <Logo />
        </div>
      </header>
      <main className={styles.main}>
        <section className={styles.hero}>
          <LargeTitle as="h1" className={styles.title}>
            {words.title}
          </LargeTitle>
          <Text size={400} className={styles.quiet}>
            {words.lead}
          </Text>
          <div className={styles.actions}>
            <Button
              as="a"
              href="/sign-in"
              appearance="primary"
              size="large"
              disabledFocusable={leaving}
              onPointerEnter={props.onIntent}
              onFocus={props.onIntent}
              onClick={(event) => {
                event.preventDefault();
                setLeaving(true);
                props.onSignIn();
              }}
            >
              {identityWords.signIn}
            </Button>
            <Link href="/join" inline>
              {words.invited}
            </Link>
          </div>
          <Text role="status">{leaving ? identityWords.leaving : ''}</Text>
        </section>
        <section className={styles.reasons} aria-label={words.reasonsTitle}>
          {words.reasons.map(({ title, body }) => (
            <div key={title} className={styles.reason}>
              <Subtitle2 as="h2">{title}</Subtitle2>
              <Text className={styles.quiet}>{body}</Text>
            </div>
          ))}
        </section>
      </main>
    </>
  );
}
