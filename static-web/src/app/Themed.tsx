import { FluentProvider, makeStyles, type Theme } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useTheme } from './useTheme';

const useStyles = makeStyles({
  root: { minHeight: '100%', backgroundColor: 'transparent' },
});

/** The site's look, in the system's light or dark mode. */
export function Themed({ children }: { readonly children: ReactNode }) {
  return <InTheme theme={useTheme()}>{children}</InTheme>;
}

export function InTheme({ theme, children }: { readonly theme: Theme; readonly children: ReactNode }) {
  return (
    <FluentProvider theme={theme} className={useStyles().root}>
      {children}
    </FluentProvider>
  );
}
