import { useCallback, useState } from 'react';
import { words } from './words';

/** Copies a text, and says whether the browser let it. */
export function useCopy() {
  const [said, setSaid] = useState('');
  const copy = useCallback((text: string) => {
    navigator.clipboard.writeText(text).then(
      () => setSaid(words.copied),
      () => setSaid(words.copyFailed),
    );
  }, []);
  return { copy, said };
}
