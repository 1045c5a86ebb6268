import { Button } from '@fluentui/react-components';
import type { ReactNode } from 'react';

/** Leads to another document and looks like a button. */
export function LinkButton(props: {
  readonly href: string;
  readonly appearance?: 'primary' | 'secondary';
  readonly size?: 'medium' | 'large';
  readonly children: ReactNode;
}) {
  return (
    <Button
      as="a"
      href={props.href}
      appearance={props.appearance ?? 'secondary'}
      size={props.size ?? 'medium'}
    >
      {props.children}
    </Button>
  );
}
