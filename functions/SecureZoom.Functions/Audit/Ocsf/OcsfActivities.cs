using System.Collections.Frozen;
using SecureZoom.Functions.Audit.Recording;

namespace SecureZoom.Functions.Audit.Ocsf;

/// <summary>Which class and activity an action of the trail has; what is not in the table is API Activity, by its verb.</summary>
internal static class OcsfActivities
{
    private static readonly FrozenDictionary<string, OcsfActivity> Table = new Dictionary<string, OcsfActivity>
    {
        [IdentityActions.SignInSucceeded] = Signs(1, "Logon"),
        [IdentityActions.SignInFailed] = Signs(1, "Logon"),
        [IdentityActions.AppOpened] = Signs(1, "Logon"),
        [IdentityActions.AppRefused] = Signs(1, "Logon"),
        [IdentityActions.SignedOut] = Signs(2, "Logoff"),
        [IdentityActions.SignedOutEverywhere] = Signs(2, "Logoff"),
        [IdentityActions.SessionsCleared] = Signs(2, "Logoff"),
        [IdentityActions.ProviderSignedOut] = Signs(2, "Logoff"),
        [IdentityActions.TokenIssued] = Signs(3, "Authentication Ticket"),
        [IdentityActions.TokenRefused] = Signs(3, "Authentication Ticket"),
        [IdentityActions.SessionChanged] = Signs(OcsfActivity.Other, "Session changed"),
        [IdentityActions.MfaChallenged] = Signs(OcsfActivity.Other, "Second factor asked for"),
        [IdentityActions.MfaSucceeded] = Signs(OcsfActivity.Other, "Second factor given"),
        [IdentityActions.MfaDenied] = Signs(OcsfActivity.Other, "Second factor denied"),
        [IdentityActions.PersonCreated] = Changes(1, "Create"),
        [IdentityActions.PersonRestored] = Changes(2, "Enable"),
        [IdentityActions.PersonActivated] = Changes(2, "Enable"),
        [IdentityActions.PersonUnblocked] = Changes(2, "Enable"),
        [IdentityActions.PasswordChanged] = Changes(3, "Password Change"),
        [IdentityActions.PasswordReset] = Changes(4, "Password Reset"),
        [IdentityActions.PersonSuspended] = Changes(5, "Disable"),
        [IdentityActions.PersonDeactivated] = Changes(5, "Disable"),
        [IdentityActions.PersonBlocked] = Changes(5, "Disable"),
        [IdentityActions.PersonDeleted] = Changes(6, "Delete"),
        [IdentityActions.AccountLocked] = Changes(9, "Lock"),
        [IdentityActions.AddressBlocked] = Changes(9, "Lock"),
        [IdentityActions.FactorAdded] = Changes(10, "MFA Factor Enable"),
        [IdentityActions.FactorRemoved] = Changes(11, "MFA Factor Disable"),
        [IdentityActions.AccountUnlocked] = Changes(12, "Unlock"),
        [IdentityActions.FactorChanged] = Changes(OcsfActivity.Other, "Second factor changed"),
        [IdentityActions.PersonChanged] = Changes(OcsfActivity.Other, "Account changed"),
        [IdentityActions.PasswordLeaked] = Changes(OcsfActivity.Other, "Password known to have leaked"),
        [IdentityActions.RiskChanged] = Changes(OcsfActivity.Other, "Risk changed"),
        [IdentityActions.SuspicionReported] = Changes(OcsfActivity.Other, "Suspicion reported"),
    }.ToFrozenDictionary();

    private static readonly OcsfActivity Create = Calls(1, "Create");
    private static readonly OcsfActivity Read = Calls(2, "Read");
    private static readonly OcsfActivity Update = Calls(3, "Update");
    private static readonly OcsfActivity Delete = Calls(4, "Delete");

    /// <summary>The verbs in which our actions and Zoom's event names end, behind the last dot or underscore.</summary>
    private static readonly FrozenDictionary<string, OcsfActivity> Verbs = new Dictionary<string, OcsfActivity>
    {
        ["add"] = Create,
        ["added"] = Create,
        ["create"] = Create,
        ["created"] = Create,
        ["granted"] = Create,
        ["issued"] = Create,
        ["requested"] = Create,
        ["exported"] = Read,
        ["read"] = Read,
        ["told"] = Read,
        ["verified"] = Read,
        ["change"] = Update,
        ["changed"] = Update,
        ["ended"] = Update,
        ["restored"] = Update,
        ["revoke"] = Update,
        ["revoked"] = Update,
        ["started"] = Update,
        ["update"] = Update,
        ["updated"] = Update,
        ["delete"] = Delete,
        ["deleted"] = Delete,
        ["erased"] = Delete,
        ["removed"] = Delete,
        ["withdraw"] = Delete,
        ["withdrawn"] = Delete,
    }.ToFrozenDictionary();

    public static OcsfActivity Of(string action)
    {
        if (Table.TryGetValue(action, out var activity))
        {
            return activity;
        }

        return Verbs.GetValueOrDefault(action[(action.LastIndexOfAny(['.', '_']) + 1)..]) ?? Calls(OcsfActivity.Other, action);
    }

    private static OcsfActivity Signs(int id, string name) => new(OcsfClass.Authentication, id, name);

    private static OcsfActivity Changes(int id, string name) => new(OcsfClass.AccountChange, id, name);

    private static OcsfActivity Calls(int id, string name) => new(OcsfClass.ApiActivity, id, name);
}
