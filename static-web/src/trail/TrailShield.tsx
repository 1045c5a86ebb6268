import { Shield } from '../ui/Shield';
import { trailStandingOf } from './standing';
import { useCovered } from './useCovered';

/** How far a trail is signed, as the server says. */
export function TrailShield({ organization }: { readonly organization: string | undefined }) {
  const { data: verdict } = useCovered(organization);
  // That it did not answer is told by whatever else the page asks it.
  return verdict ? <Shield {...trailStandingOf(verdict)} /> : null;
}
