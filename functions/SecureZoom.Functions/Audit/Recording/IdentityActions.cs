namespace SecureZoom.Functions.Audit.Recording;

/// <summary>What people do where they sign in, whoever tells of it.</summary>
internal static class IdentityActions
{
    public const string SignInSucceeded = "signin.succeeded";
    public const string SignInFailed = "signin.failed";
    public const string SignedOut = "signout";
    public const string SignedOutEverywhere = "signout.everywhere";
    public const string SessionsCleared = "sessions.cleared";
    public const string SessionChanged = "session.changed";
    public const string AppOpened = "app.opened";
    public const string AppRefused = "app.refused";
    public const string TokenIssued = "token.issued";
    public const string TokenRefused = "token.refused";
    public const string MfaChallenged = "mfa.challenged";
    public const string MfaSucceeded = "mfa.succeeded";
    public const string MfaDenied = "mfa.denied";
    public const string FactorAdded = "factor.added";
    public const string FactorChanged = "factor.changed";
    public const string FactorRemoved = "factor.removed";
    public const string AccountLocked = "account.locked";
    public const string AccountUnlocked = "account.unlocked";
    public const string AddressBlocked = "address.blocked";
    public const string PasswordChanged = "password.changed";
    public const string PasswordReset = "password.reset";
    public const string PasswordLeaked = "password.leaked";
    public const string PersonCreated = "person.created";
    public const string PersonChanged = "person.changed";
    public const string PersonSuspended = "person.suspended";
    public const string PersonRestored = "person.restored";
    public const string PersonActivated = "person.activated";
    public const string PersonDeactivated = "person.deactivated";
    public const string PersonDeleted = "person.deleted";
    public const string PersonBlocked = "person.blocked";
    public const string PersonUnblocked = "person.unblocked";
    public const string GroupAdded = "group.added";
    public const string GroupRemoved = "group.removed";
    public const string AppAdded = "app.added";
    public const string AppRemoved = "app.removed";
    public const string PrivilegeGranted = "privilege.granted";
    public const string PrivilegeRevoked = "privilege.revoked";
    public const string RiskChanged = "risk.changed";
    public const string SuspicionReported = "suspicion.reported";

    /// <summary>Whatever else a source tells: which of its events it was is in the details.</summary>
    public const string Other = "identity.other";

    /// <summary>Done with us: somebody whose access has ended was signed out where they sign in.</summary>
    public const string ProviderSignedOut = "provider.signed_out";
}
