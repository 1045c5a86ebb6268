using System.Collections.Frozen;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Revocations;

namespace SecureZoom.Functions.Webhooks.Auth0;

/// <summary>Auth0's log types that the trail has words for: docs/events.md lists them.</summary>
internal static class Auth0Rules
{
    /// <summary>A call of the management API, which may block a person.</summary>
    public const string Management = "sapi";

    public static FrozenDictionary<string, Auth0Rule> All { get; } = new Dictionary<string, Auth0Rule>
    {
        ["s"] = new(IdentityActions.SignInSucceeded),
        ["scoa"] = new(IdentityActions.SignInSucceeded),
        ["sens"] = new(IdentityActions.SignInSucceeded),
        ["f"] = new(IdentityActions.SignInFailed, Failed: true),
        ["fp"] = new(IdentityActions.SignInFailed, Failed: true, AuditReasons.WrongPassword),
        ["fu"] = new(IdentityActions.SignInFailed, Failed: true, AuditReasons.UnknownUser),
        ["fcoa"] = new(IdentityActions.SignInFailed, Failed: true),
        ["fens"] = new(IdentityActions.SignInFailed, Failed: true),
        ["ssa"] = new(IdentityActions.TokenIssued),
        ["seacft"] = new(IdentityActions.TokenIssued),
        ["sertft"] = new(IdentityActions.TokenIssued),
        ["sepft"] = new(IdentityActions.TokenIssued),
        ["fsa"] = new(IdentityActions.TokenRefused, Failed: true),
        ["feacft"] = new(IdentityActions.TokenRefused, Failed: true),
        ["fertft"] = new(IdentityActions.TokenRefused, Failed: true),
        ["ferrt"] = new(IdentityActions.TokenRefused, Failed: true, AuditReasons.TokenReused),
        ["fepft"] = new(IdentityActions.TokenRefused, Failed: true),
        ["slo"] = new(IdentityActions.SignedOut),
        ["flo"] = new(IdentityActions.SignedOut, Failed: true),
        ["universal_logout_succeeded"] = Moment(IdentityActions.SignedOutEverywhere),
        ["srrt"] = new(IdentityActions.SessionChanged),
        ["ss"] = new(IdentityActions.PersonCreated),
        ["scp"] = Moment(IdentityActions.PasswordChanged),
        ["fcp"] = new(IdentityActions.PasswordChanged, Failed: true),
        ["scpr"] = new(IdentityActions.PasswordReset, Reason: AuditReasons.Requested),
        ["sce"] = new(IdentityActions.PersonChanged),
        ["scu"] = new(IdentityActions.PersonChanged),
        ["sdu"] = new(IdentityActions.PersonDeleted, Access: [(EndedAccessKind.Deleted, true)]),
        ["du"] = new(IdentityActions.PersonDeleted, Access: [(EndedAccessKind.Deleted, true)]),
        ["limit_wc"] = new(IdentityActions.AccountLocked, Reason: AuditReasons.TooManyFailures),
        ["limit_sul"] = new(IdentityActions.AddressBlocked, Reason: AuditReasons.TooManyAttempts),
        ["limit_mu"] = new(IdentityActions.AddressBlocked, Reason: AuditReasons.TooManyFailures),
        ["ublkdu"] = new(IdentityActions.AccountUnlocked),
        ["pwd_leak"] = new(IdentityActions.PasswordLeaked),
        ["signup_pwd_leak"] = new(IdentityActions.PasswordLeaked),
        ["reset_pwd_leak"] = new(IdentityActions.PasswordLeaked),
        ["gd_start_auth"] = new(IdentityActions.MfaChallenged),
        ["gd_send_sms"] = new(IdentityActions.MfaChallenged, Factor: "sms"),
        ["gd_auth_succeed"] = new(IdentityActions.MfaSucceeded),
        ["gd_recovery_succeed"] = new(IdentityActions.MfaSucceeded, Factor: "recovery_code"),
        ["gd_auth_failed"] = new(IdentityActions.MfaDenied, Failed: true, AuditReasons.WrongCode),
        ["gd_auth_rejected"] = new(IdentityActions.MfaDenied, Failed: true, AuditReasons.Rejected),
        ["gd_otp_rate_limit_exceed"] = new(IdentityActions.MfaDenied, Failed: true, AuditReasons.TooManyAttempts, "otp"),
        ["gd_recovery_failed"] = new(IdentityActions.MfaDenied, Failed: true, AuditReasons.WrongCode, "recovery_code"),
        ["gd_recovery_rate_limit_exceed"] = new(IdentityActions.MfaDenied, Failed: true, AuditReasons.TooManyAttempts, "recovery_code"),
        ["mfar"] = new(IdentityActions.MfaChallenged),
        ["gd_enrollment_complete"] = new(IdentityActions.FactorAdded),
        ["gd_unenroll"] = new(IdentityActions.FactorRemoved),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>A person blocked, and not any more, through the management API.</summary>
    public static Auth0Rule Blocked { get; } = new(IdentityActions.PersonBlocked, Access: [(EndedAccessKind.Blocked, true)]);

    /// <inheritdoc cref="Blocked"/>
    public static Auth0Rule Unblocked { get; } = new(IdentityActions.PersonUnblocked, Access: [(EndedAccessKind.Blocked, false)]);

    private static Auth0Rule Moment(string action) => new(action, Access: [(EndedAccessKind.SignedOut, true)]);
}
