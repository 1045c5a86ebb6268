import { Text } from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import type { InvitationList, Meeting, OpenInvitation } from '../../api/types';
import { useApi } from '../../api/useApi';
import { formatDateTime } from '../../format/time';
import { ErrorPanel } from '../../identity/ErrorPanel';
import { PageSkeleton } from '../../ui/PageSkeleton';
import { DialogButton } from '../../ui/DialogButton';
import type { Actions } from './MeetingActions';
import { Part } from './Part';
import { invitationsKey, useInvitations } from '../useInvitations';
import { usePartStyles } from './usePartStyles';
import { confirmWords } from '../words';
import { words } from './words';

/** Who is invited from outside the organisation, and when they last came by it. */
export function InvitationsPart({
  meeting,
  actions,
}: {
  readonly meeting: Meeting;
  readonly actions: Actions;
}) {
  const styles = usePartStyles();
  const api = useApi();
  const queryClient = useQueryClient();
  const { data, error, isPending, refetch } = useInvitations(meeting.id);

  const withdraw = (invitation: OpenInvitation) => {
    const { body, ...question } = confirmWords.withdraw;
    const run = () => api.withdrawInvitation(meeting.id, invitation.id);
    actions.ask({ ...question, body: body(guestOf(invitation)), run }, () => {
      queryClient.setQueryData<InvitationList>(
        invitationsKey(meeting.id),
        (list) => list && { invitations: list.invitations.filter(({ id }) => id !== invitation.id) },
      );
      actions.tell(words.withdrawn);
    });
  };

  return (
    <Part title={words.invitations}>
      {isPending && <PageSkeleton heading={false} rows={1} />}
      {error && !data && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {data?.invitations.length === 0 && <Text>{words.noInvitations}</Text>}
      <ul className={styles.rows}>
        {data?.invitations.map((invitation) => (
          <li key={invitation.id} className={styles.row}>
            <span className={styles.what}>
              <Text weight="semibold">{guestOf(invitation)}</Text>
              <Text size={200} className={styles.quiet}>
                {[
                  words.invitedBy(invitation.createdBy),
                  words.validUntil(formatDateTime(invitation.expiresAt)),
                  invitation.lastUsedAt ? words.used(formatDateTime(invitation.lastUsedAt)) : words.unused,
                ].join(' · ')}
              </Text>
            </span>
            <DialogButton
              appearance="subtle"
              aria-label={words.withdrawOf(guestOf(invitation))}
              onClick={() => withdraw(invitation)}
            >
              {words.withdraw}
            </DialogButton>
          </li>
        ))}
      </ul>
    </Part>
  );
}

function guestOf({ email, organization }: OpenInvitation): string {
  return email ?? (organization ? words.organization(organization) : words.nobody);
}
