using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Invitations;

/// <summary>Notes when an invitation was used last: from its record, so that the join itself waits for nothing more.</summary>
public sealed class InvitationUse(OpenInvitations invitations) : IAuditConsequence
{
    public async Task FollowAsync(string organization, AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        if (auditEvent is { Source: AuditSources.App, Outcome: AuditOutcomes.Success, Action: "signature.issued" or "passcode.issued" }
            && (string?)auditEvent.Details?["invitation"] is { } id
            && MeetingNumber.TryParse(auditEvent.Meeting, spaced: false, out var number))
        {
            await invitations.NoteUseAsync(auditEvent.AlsoIn ?? organization, number, id, auditEvent.OccurredAt, cancellationToken);
        }
    }
}
