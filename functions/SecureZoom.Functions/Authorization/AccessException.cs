namespace SecureZoom.Functions.Authorization;

/// <summary>Why a known caller is refused; all are a 403.</summary>
public enum AccessError
{
    /// <summary>The token names no organisation.</summary>
    OrganizationRequired,

    /// <summary>None of the permissions that would do.</summary>
    InsufficientScope,

    /// <summary>Hosting asks for a second factor that the sign-in lacked.</summary>
    MfaRequired,

    /// <summary>The token does not say that the e-mail address is verified.</summary>
    EmailNotVerified,

    /// <summary>The address is in no domain that is known to be the organisation's.</summary>
    EmailDomainUnknown,

    /// <summary>More groups than are looked at.</summary>
    TooManyGroups,

    /// <summary>Neither the meeting's host nor allowed to manage meetings.</summary>
    NotHost,

    /// <summary>An invitation that is not ours, has ended, or is made out to somebody else.</summary>
    InvalidInvitation,
}

/// <summary>The caller is known and may not do this.</summary>
/// <param name="error">What the answer depends on.</param>
/// <param name="detail">What would be needed, for the caller to read.</param>
public sealed class AccessException(AccessError error, string? detail = null) : Exception(detail ?? error.ToString())
{
    public AccessError Error { get; } = error;

    public string? Detail { get; } = detail;

    /// <summary>One of <see cref="InvitationFaults"/>, for <see cref="AccessError.InvalidInvitation"/>.</summary>
    public string? InvitationFault { get; init; }
}
