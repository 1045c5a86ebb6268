import { Badge, type BadgeProps } from '@fluentui/react-components';
import type { AuditOutcome } from '../api/types';
import { words } from './words';

const colors: Readonly<Record<AuditOutcome, NonNullable<BadgeProps['color']>>> = {
  success: 'success',
  denied: 'danger',
  failure: 'warning',
  intent: 'informative',
};

/** How it ended, unless it went well: most did, and what did not is to be seen. */
export function OutcomeBadge({ outcome }: { readonly outcome: AuditOutcome }) {
  return outcome === 'success' ? null : (
    <Badge appearance="tint" color={colors[outcome]}>
      {words.outcomes[outcome]}
    </Badge>
  );
}
