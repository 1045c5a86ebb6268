import { trailWords } from './words';

/** The organisation of what belongs to none. */
export const unassigned = 'unassigned';

export function trailName(organization: string): string {
  return organization === unassigned ? trailWords.ofNone : trailWords.of(organization);
}
