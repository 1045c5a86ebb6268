using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>
/// What people do where they sign in, as a part of the sentence: <c>failed to sign in from 203.0.113.7 (wrong password)</c>.
/// </summary>
internal static class IdentitySentence
{
    /// <summary>The part of the sentence behind who did it; null for what is no such action.</summary>
    public static string? What(AuditEvent auditEvent)
    {
        var deed = Deed(auditEvent);
        return deed is null ? null : $"{deed}{From(auditEvent)}{Why(auditEvent)}{Told(auditEvent.Source)}";
    }

    private static string? Deed(AuditEvent auditEvent) => auditEvent.Action switch
    {
        IdentityActions.SignInSucceeded => "signed in",
        IdentityActions.SignInFailed => "failed to sign in",
        IdentityActions.SignedOut => "signed out",
        IdentityActions.SignedOutEverywhere => $"signed {Whom(auditEvent)} out everywhere",
        IdentityActions.SessionsCleared => $"ended all sessions of {Whom(auditEvent)}",
        IdentityActions.SessionChanged => "went on with a session elsewhere",
        IdentityActions.AppOpened => $"signed in to {Named(auditEvent, "app", "an application")}",
        IdentityActions.AppRefused => $"was refused by {Named(auditEvent, "app", "an application")}",
        IdentityActions.TokenIssued => $"got a token for {Named(auditEvent, "app", "an application")}",
        IdentityActions.TokenRefused => $"got no token for {Named(auditEvent, "app", "an application")}",
        IdentityActions.MfaChallenged => $"was asked for {Factor(auditEvent)}",
        IdentityActions.MfaSucceeded => $"showed {Factor(auditEvent)}",
        IdentityActions.MfaDenied => $"failed to show {Factor(auditEvent)}",
        IdentityActions.FactorAdded => $"added {Factor(auditEvent)}{Of(auditEvent)}",
        IdentityActions.FactorChanged => $"changed {Factor(auditEvent)}{Of(auditEvent)}",
        IdentityActions.FactorRemoved => $"removed {Factor(auditEvent)}{Of(auditEvent)}",
        IdentityActions.AccountLocked => "was locked out",
        IdentityActions.AccountUnlocked => $"unlocked the account of {Whom(auditEvent)}",
        IdentityActions.AddressBlocked => "was kept out for a while, by address",
        IdentityActions.PasswordChanged => $"{Did(auditEvent, "changed", "change")} the password of {Whom(auditEvent)}",
        IdentityActions.PasswordReset => $"{Did(auditEvent, "reset", "reset")} the password of {Whom(auditEvent)}",
        IdentityActions.PasswordLeaked => "used a password that others know",
        IdentityActions.PersonCreated => $"created the account of {Whom(auditEvent)}",
        IdentityActions.PersonChanged => $"changed the account of {Whom(auditEvent)}",
        IdentityActions.PersonSuspended => $"{Did(auditEvent, "suspended", "suspend")} {Whom(auditEvent)}",
        IdentityActions.PersonRestored => $"{Did(auditEvent, "restored", "restore")} {Whom(auditEvent)}",
        IdentityActions.PersonActivated => $"{Did(auditEvent, "activated", "activate")} {Whom(auditEvent)}",
        IdentityActions.PersonDeactivated => $"{Did(auditEvent, "deactivated", "deactivate")} {Whom(auditEvent)}",
        IdentityActions.PersonDeleted => $"{Did(auditEvent, "deleted", "delete")} the account of {Whom(auditEvent)}",
        IdentityActions.PersonBlocked => $"blocked {Whom(auditEvent)}",
        IdentityActions.PersonUnblocked => $"unblocked {Whom(auditEvent)}",
        IdentityActions.GroupAdded => $"added {Whom(auditEvent)} to {Named(auditEvent, "group", "a group")}",
        IdentityActions.GroupRemoved => $"removed {Whom(auditEvent)} from {Named(auditEvent, "group", "a group")}",
        IdentityActions.AppAdded => $"gave {Whom(auditEvent)} {Named(auditEvent, "app", "an application")}",
        IdentityActions.AppRemoved => $"took {Named(auditEvent, "app", "an application")} from {Whom(auditEvent)}",
        IdentityActions.PrivilegeGranted => $"made {Whom(auditEvent)} an administrator",
        IdentityActions.PrivilegeRevoked => $"took the administrator's role from {Whom(auditEvent)}",
        IdentityActions.RiskChanged => "was found at another risk",
        IdentityActions.SuspicionReported => "reported suspicious activity",
        IdentityActions.Other => $"caused {Named(auditEvent, "type", "something")}",
        AuditActions.AccessRevoke => $"set out to end the access of {Whom(auditEvent)}",
        AuditActions.AccessRestore => $"set out to restore the access of {Whom(auditEvent)}",
        AuditActions.AccessRevoked => $"ended the access of {Whom(auditEvent)}",
        IdentityActions.ProviderSignedOut => $"{Did(auditEvent, "signed", "sign")} {Whom(auditEvent)} out at Auth0",
        AuditActions.AccessRestored => $"restored the access of {Whom(auditEvent)}",
        _ => null,
    };

    private static string Did(AuditEvent auditEvent, string done, string tried) =>
        auditEvent.Outcome == AuditOutcomes.Success ? done : $"could not {tried}";

    /// <summary>Another person, where the event is about one; else themselves.</summary>
    private static string Whom(AuditEvent auditEvent, string otherwise = "themselves")
    {
        if (auditEvent.Details?["target"] is JsonObject target && (Text(target, "email") ?? Text(target, "subject")) is { } other)
        {
            return AuditText.Address(other);
        }

        return Text(auditEvent.Details, "session") is { } session && auditEvent.Target?.Type == "session" ? $"session {AuditText.Quoted(session)}" : otherwise;
    }

    private static string Of(AuditEvent auditEvent) => Whom(auditEvent, "") is { Length: > 0 } other ? $" of {other}" : "";

    private static string Factor(AuditEvent auditEvent) =>
        Text(auditEvent.Details, "factor") is { } factor ? $"a second factor ({AuditText.Quoted(factor.Replace('_', ' '))})" : "a second factor";

    private static string Named(AuditEvent auditEvent, string member, string otherwise) =>
        Text(auditEvent.Details, member) is { } name ? AuditText.Quoted(name) : otherwise;

    private static string From(AuditEvent auditEvent) =>
        auditEvent.Source != AuditSources.App && auditEvent.Client?.Ip is { Length: > 0 } ip
            ? $" from {(System.Net.IPAddress.TryParse(ip, out var address) ? address.ToString() : AuditText.Quoted(ip))}"
            : "";

    private static string Why(AuditEvent auditEvent) =>
        auditEvent.Reason is { } reason ? $" ({(reason.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') ? reason.Replace('_', ' ') : AuditText.Quoted(reason))})" : "";

    private static string Told(string source) => source switch
    {
        AuditSources.Okta => ", as Okta tells",
        AuditSources.Auth0 => ", as Auth0 tells",
        _ => "",
    };

    private static string? Text(JsonObject? details, string name) =>
        details?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
