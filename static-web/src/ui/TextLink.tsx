import { Link } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useHref, useLinkClickHandler } from 'react-router';

/** A link within the site that looks like Fluent's and does not reload the page. */
export function TextLink({ to, children }: { readonly to: string; readonly children: ReactNode }) {
  const follow = useLinkClickHandler(to);
  return (
    <Link inline href={useHref(to)} onClick={follow}>
      {children}
    </Link>
  );
}
