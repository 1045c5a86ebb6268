namespace SecureZoom.Functions.Audit.Recording;

/// <summary>Why: stable names, which the trail keeps, and callers are told some of. Okta's own reasons come beside them, in snake_case.</summary>
internal static class AuditReasons
{
    // Why a signature has its role, or somebody is no host.
    public const string Member = "member";
    public const string Invitation = "invitation";
    public const string Host = "host";
    public const string OtherOrganization = "other_organization";
    public const string EmailNotVerified = "email_not_verified";
    public const string EmailDomainUnknown = "email_domain_unknown";
    public const string EmailDomainsUnavailable = "email_domains_unavailable";
    public const string NotTheHost = "not_the_host";
    public const string MfaRequired = "mfa_required";
    public const string HostingNotAllowed = "hosting_not_allowed";

    // Why a call was refused, beside some of these: the codes of its problem details.
    public const string OrganizationRequired = "organization_required";
    public const string InsufficientScope = "insufficient_scope";
    public const string TooManyGroups = "too_many_groups";
    public const string NotHost = "not_host";
    public const string InvalidInvitation = "invalid_invitation";
    public const string MeetingNotFound = "meeting_not_found";
    public const string OccurrenceNotFound = "occurrence_not_found";
    public const string TokenRevoked = "token_revoked";

    // Why a change failed.
    public const string ZoomNotFound = "zoom_not_found";
    public const string ZoomConflict = "zoom_conflict";
    public const string ZoomRefused = "zoom_refused";
    public const string ZoomRateLimited = "zoom_rate_limited";
    public const string ZoomBadGateway = "zoom_bad_gateway";
    public const string ZoomUnavailable = "zoom_unavailable";
    public const string ZoomNoAccount = "zoom_no_account";
    public const string Unavailable = "unavailable";
    public const string ErasureBegun = "erasure_begun";
    public const string LegalHold = "legal_hold";
    public const string AlreadyRequested = "already_requested";

    /// <summary>A meeting may be left at Zoom without an owner.</summary>
    public const string NotUndone = "not_undone";

    /// <summary>Where people sign in, somebody could not be signed out; the details say more.</summary>
    public const string ProviderFailed = "provider_failed";

    // Why a sign-in failed, or what it was that identity providers tell.
    public const string WrongPassword = "wrong_password";
    public const string UnknownUser = "unknown_user";
    public const string LockedOut = "locked_out";
    public const string VerificationFailed = "verification_failed";
    public const string WrongCode = "wrong_code";
    public const string Rejected = "rejected";
    public const string TokenReused = "token_reused";
    public const string Requested = "requested";
    public const string TooManyAttempts = "too_many_attempts";
    public const string TooManyFailures = "too_many_failures";
}
