import { FluentProvider } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useTheme } from './useTheme';

export function Themed({ children }: { readonly children: ReactNode }) {
  return (
    <FluentProvider theme={useTheme()} style={{ minHeight: '100%', background: 'none' }}>
      {children}
    </FluentProvider>
  );
}
