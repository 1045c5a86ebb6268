using SecureZoom.Verification;

namespace SecureZoom.Functions.Audit.Recording;

/// <summary>What is done here, <c>noun.verb</c>: in the past for what was done, in the imperative for what was about to be, or failed.</summary>
/// <remarks>What is done where people sign in is in <see cref="IdentityActions"/>; Zoom's events go by Zoom's own names, whatever they are.</remarks>
internal static class AuditActions
{
    public const string SignatureIssued = "signature.issued";
    public const string MeetingCreate = "meeting.create";
    public const string MeetingCreated = "meeting.created";
    public const string MeetingUpdate = "meeting.update";
    public const string MeetingUpdated = "meeting.updated";
    public const string MeetingDelete = "meeting.delete";
    public const string MeetingDeleted = "meeting.deleted";
    public const string MeetingEnd = "meeting.end";
    public const string MeetingEnded = "meeting.ended";
    public const string MeetingStatusRead = "meeting.status_read";
    public const string MeetingRecordingsRead = "meeting.recordings_read";
    public const string MeetingParticipantsRead = "meeting.participants_read";
    public const string PasscodeIssued = "passcode.issued";
    public const string PasscodeChange = "passcode.change";
    public const string PasscodeChanged = "passcode.changed";
    public const string InvitationCreated = "invitation.created";
    public const string InvitationWithdraw = "invitation.withdraw";
    public const string InvitationWithdrawn = "invitation.withdrawn";
    public const string AccessDenied = "access.denied";
    public const string AccessRevoke = "access.revoke";
    public const string AccessRevoked = "access.revoked";
    public const string AccessRestore = "access.restore";
    public const string AccessRestored = "access.restored";
    public const string AuditRead = "audit.read";
    public const string AuditProofRead = "audit.proof_read";
    public const string AuditVerified = "audit.verified";
    public const string AuditExported = "audit.exported";

    /// <summary>Which parts are destroyed; it is there before they are.</summary>
    public const string AuditErased = ErasureAuthority.Action;

    public const string AuditErasureRequest = "audit.erasure_request";
    public const string AuditErasureRequested = "audit.erasure_requested";
    public const string AuditErasureWithdraw = "audit.erasure_withdraw";
    public const string AuditErasureWithdrawn = "audit.erasure_withdrawn";
    public const string AuditHoldAdded = "audit.hold_added";
    public const string AuditHoldRemoved = "audit.hold_removed";

    /// <summary>Up to which record all in front are let go; it is there before they go.</summary>
    public const string AuditLetGo = CutAuthority.Action;

    /// <summary>An organisation's whole trail is let go: in the operators' trail.</summary>
    public const string AuditOrganizationLeft = "audit.organization_left";

    /// <summary>A person was told what is kept of them.</summary>
    public const string AuditTold = "audit.told";
    public const string AuditFindingsKnown = "audit.findings_known";

    /// <summary>What an organisation has of its own is written down, or taken out again: in the operators' trail and in its own.</summary>
    public const string CustomerAdd = "customer.add";

    /// <inheritdoc cref="CustomerAdd"/>
    public const string CustomerAdded = "customer.added";

    /// <inheritdoc cref="CustomerAdd"/>
    public const string CustomerRemove = "customer.remove";

    /// <inheritdoc cref="CustomerAdd"/>
    public const string CustomerRemoved = "customer.removed";

    /// <summary>Numbers that never came off the queue.</summary>
    public const string AuditGap = "audit.gap";

    /// <summary>Shown in the place of a record that is none of ours, and never recorded.</summary>
    public const string RecordUnreadable = "record.unreadable";
}
