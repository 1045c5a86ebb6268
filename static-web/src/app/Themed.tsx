import { FluentProvider } from '@fluentui/react-components';
import { useSyncExternalStore, type ReactNode } from 'react';
import { darkTheme, lightTheme } from './theme';

const darkQuery = '(prefers-color-scheme: dark)';

function subscribe(changed: () => void): () => void {
  const media = matchMedia(darkQuery);
  media.addEventListener('change', changed);
  return () => media.removeEventListener('change', changed);
}

/** Follows the system's light or dark mode, also while the page is open. */
export function Themed({ children }: { readonly children: ReactNode }) {
  const dark = useSyncExternalStore(subscribe, () => matchMedia(darkQuery).matches);
  return (
    <FluentProvider theme={dark ? darkTheme : lightTheme} style={{ minHeight: '100%', background: 'none' }}>
      {children}
    </FluentProvider>
  );
}
