import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { explain } from '../../api/explain';
import type { InvitationInput, Meeting } from '../../api/types';
import { useApi } from '../../api/useApi';
import { guestLink } from '../invitation';
import { invitationsKey } from '../useInvitations';

/** An invitation that was made. */
export interface Made {
  readonly who: string;
  readonly link: string;
  readonly expiresAt: string;
}

/** One that was not. */
export interface Failed {
  readonly who: string;
  readonly why: string;
}

/** Makes invitations one after the other, since each is a call of its own; what fails holds up no other. */
export function useInvite(meeting: Meeting) {
  const api = useApi();
  const queryClient = useQueryClient();
  const [made, setMade] = useState<readonly Made[]>([]);
  const [failed, setFailed] = useState<readonly Failed[]>([]);
  const [progress, setProgress] = useState<{ readonly done: number; readonly count: number }>();

  const invite = async (guests: readonly string[], toInput: (guest: string) => InvitationInput) => {
    const failures: Failed[] = [];
    setFailed([]);
    for (const [done, who] of guests.entries()) {
      setProgress({ done, count: guests.length });
      try {
        const { joinUrl, expiresAt } = await api.invite(meeting.id, toInput(who));
        setMade((before) => [...before, { who, link: guestLink(meeting, joinUrl), expiresAt }]);
      } catch (error) {
        const { title, detail } = explain(error);
        failures.push({ who, why: `${title}. ${detail}` });
      }
    }
    setFailed(failures);
    setProgress(undefined);
    void queryClient.invalidateQueries({ queryKey: invitationsKey(meeting.id) });
    void queryClient.invalidateQueries({ queryKey: ['invited organisations'] });
    return failures;
  };
  return { made, failed, progress, invite, reset: () => setMade([]) };
}
