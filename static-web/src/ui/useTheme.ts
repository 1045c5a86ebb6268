import type { Theme } from '@fluentui/react-components';
import { useSyncExternalStore } from 'react';
import { darkTheme, lightTheme } from './theme';

const darkQuery = '(prefers-color-scheme: dark)';

function subscribe(changed: () => void): () => void {
  const media = matchMedia(darkQuery);
  media.addEventListener('change', changed);
  return () => media.removeEventListener('change', changed);
}

/** The system's light or dark mode, also when it changes while the page is open. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, () => matchMedia(darkQuery).matches) ? darkTheme : lightTheme;
}
