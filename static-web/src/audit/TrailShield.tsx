import { useQuery } from '@tanstack/react-query';
import { useApi } from '../api/useApi';
import type { ServerVerdict } from '../api/types';
import { formatDateTime } from '../format/time';
import { Shield, type ShieldState } from '../ui/Shield';
import { words } from './words';

const recentMilliseconds = 60 * 60_000;

/** What the server's own verification finds in the trail of the last hour; the Verify page takes nobody's word for it. */
export function TrailShield({ organization }: { readonly organization: string | undefined }) {
  const api = useApi();
  const verdict = useQuery({
    queryKey: ['verification', organization],
    queryFn: ({ signal }) => {
      const from = new Date(Date.now() - recentMilliseconds).toISOString();
      return api.verifyAudit({ organization, from }, signal);
    },
    staleTime: 60_000,
  });
  // That it did not answer is told by whatever else the page asks it.
  return verdict.data ? <Shield {...judge(verdict.data)} /> : null;
}

function judge({ valid, problems, coveredTo, waiting }: ServerVerdict): {
  readonly state: ShieldState;
  readonly text: string;
} {
  const [first] = problems;
  if (!valid) return { state: 'wrong', text: words.shieldWrong(first?.detail ?? '') };
  return coveredTo && coveredTo.sequence > 0
    ? {
        state: waiting > 0 ? 'waiting' : 'proved',
        text: words.shieldProved(coveredTo.sequence, formatDateTime(coveredTo.time)),
      }
    : { state: 'waiting', text: words.shieldWaiting };
}
