import { Button, DialogActions, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { discardWords as words } from './words';

const useStyles = makeStyles({
  question: {
    gridColumn: '1 / -1',
    flexWrap: 'wrap',
    alignItems: 'center',
    paddingTop: tokens.spacingVerticalS,
  },
});

/** Asks before Esc, a click outside or a button throws away what somebody has entered; the question stands where the form's buttons do. */
export function useDiscard(
  isFilled: boolean,
  onClose: () => void,
): { close: () => void; question: ReactNode | undefined } {
  const [isAsked, setAsked] = useState(false);
  const before = useRef<Element | null>(null);
  const keep = () => {
    setAsked(false);
    if (before.current instanceof HTMLElement) before.current.focus();
  };
  const close = () => {
    if (!isFilled) {
      onClose();
      return;
    }
    if (!isAsked) before.current = document.activeElement;
    setAsked(true);
  };
  return { close, question: isAsked ? <Question onKeep={keep} onDiscard={onClose} /> : undefined };
}

function Question(props: { readonly onKeep: () => void; readonly onDiscard: () => void }) {
  const styles = useStyles();
  const safe = useRef<HTMLSpanElement>(null);
  useEffect(() => safe.current?.querySelector('button')?.focus(), []);
  return (
    <DialogActions className={styles.question}>
      <Text role="alert" weight="semibold">
        {words.question}
      </Text>
      <Button onClick={props.onDiscard}>{words.discard}</Button>
      <span ref={safe}>
        <Button appearance="primary" onClick={props.onKeep}>
          {words.keep}
        </Button>
      </span>
    </DialogActions>
  );
}
