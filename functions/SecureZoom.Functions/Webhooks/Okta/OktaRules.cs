using System.Collections.Frozen;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Revocations;

namespace SecureZoom.Functions.Webhooks.Okta;

/// <summary>Okta's event types that the trail has words for: docs/events.md lists them.</summary>
internal static class OktaRules
{
    public const string GroupRemoved = "group.user_membership.remove";

    public static FrozenDictionary<string, OktaRule> All { get; } = new Dictionary<string, OktaRule>
    {
        ["user.session.start"] = new(IdentityActions.SignInSucceeded, IdentityActions.SignInFailed),
        ["user.session.end"] = new(IdentityActions.SignedOut),
        ["user.session.clear"] = Moment(IdentityActions.SessionsCleared),
        ["user.session.context.change"] = new(IdentityActions.SessionChanged),
        ["user.authentication.sso"] = new(IdentityActions.AppOpened, IdentityActions.AppRefused),
        ["user.authentication.auth_via_mfa"] = new(IdentityActions.MfaSucceeded, IdentityActions.MfaDenied, IdentityActions.MfaChallenged),
        ["user.authentication.universal_logout"] = Moment(IdentityActions.SignedOutEverywhere),
        ["user.account.lock"] = new(IdentityActions.AccountLocked),
        ["user.account.unlock"] = new(IdentityActions.AccountUnlocked),
        ["user.account.unlock_by_admin"] = new(IdentityActions.AccountUnlocked),
        ["user.account.reset_password"] = Moment(IdentityActions.PasswordReset),
        ["user.account.update_password"] = Moment(IdentityActions.PasswordChanged),
        ["user.account.update_profile"] = new(IdentityActions.PersonChanged),
        ["user.account.privilege.grant"] = new(IdentityActions.PrivilegeGranted),
        ["user.account.privilege.revoke"] = new(IdentityActions.PrivilegeRevoked),
        ["user.account.report_suspicious_activity_by_enduser"] = new(IdentityActions.SuspicionReported),
        ["user.lifecycle.create"] = new(IdentityActions.PersonCreated),
        ["user.lifecycle.activate"] = new(IdentityActions.PersonActivated, Access: [(EndedAccessKind.Deactivated, false), (EndedAccessKind.Suspended, false)]),
        ["user.lifecycle.reactivate"] = new(IdentityActions.PersonActivated, Access: [(EndedAccessKind.Deactivated, false), (EndedAccessKind.Suspended, false)]),
        ["user.lifecycle.suspend"] = new(IdentityActions.PersonSuspended, Access: [(EndedAccessKind.Suspended, true)]),
        ["user.lifecycle.unsuspend"] = new(IdentityActions.PersonRestored, Access: [(EndedAccessKind.Suspended, false)]),
        ["user.lifecycle.deactivate"] = new(IdentityActions.PersonDeactivated, Access: [(EndedAccessKind.Deactivated, true)]),
        ["user.lifecycle.delete.initiated"] = new(IdentityActions.PersonDeleted, Access: [(EndedAccessKind.Deleted, true)]),
        ["user.lifecycle.delete.completed"] = new(IdentityActions.PersonDeleted, Access: [(EndedAccessKind.Deleted, true)]),
        ["user.mfa.factor.activate"] = new(IdentityActions.FactorAdded),
        ["user.mfa.factor.update"] = new(IdentityActions.FactorChanged),
        ["user.mfa.factor.suspend"] = new(IdentityActions.FactorChanged),
        ["user.mfa.factor.unsuspend"] = new(IdentityActions.FactorChanged),
        ["user.mfa.factor.deactivate"] = new(IdentityActions.FactorRemoved),
        ["user.mfa.factor.reset_all"] = new(IdentityActions.FactorRemoved),
        ["group.user_membership.add"] = new(IdentityActions.GroupAdded),
        [GroupRemoved] = Moment(IdentityActions.GroupRemoved),
        ["application.user_membership.add"] = new(IdentityActions.AppAdded),
        ["application.user_membership.remove"] = new(IdentityActions.AppRemoved),
        ["user.risk.change"] = new(IdentityActions.RiskChanged),
        ["user.risk.detect"] = new(IdentityActions.RiskChanged),
        ["security.breached_credential.detected"] = new(IdentityActions.PasswordLeaked),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Okta's reasons by the trail's names; others keep their own, in small letters.</summary>
    public static FrozenDictionary<string, string> Reasons { get; } = new Dictionary<string, string>
    {
        ["INVALID_CREDENTIALS"] = AuditReasons.WrongPassword,
        ["LOCKED_OUT"] = AuditReasons.LockedOut,
        ["VERIFICATION_ERROR"] = AuditReasons.VerificationFailed,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static OktaRule Moment(string action) => new(action, Access: [(EndedAccessKind.SignedOut, true)]);
}
