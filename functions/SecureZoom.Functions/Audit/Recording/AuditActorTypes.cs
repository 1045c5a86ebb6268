namespace SecureZoom.Functions.Audit.Recording;

/// <summary>What kind of somebody did it.</summary>
internal static class AuditActorTypes
{
    /// <summary>Signed in with us, or with an identity provider under the subject that our tokens have.</summary>
    public const string User = "user";

    /// <summary>Known by an id or address of Zoom's.</summary>
    public const string ZoomUser = "zoom_user";

    /// <summary>Was in a meeting, under what they called themselves.</summary>
    public const string Participant = "participant";

    /// <summary>Came to an identity provider, and is not known there.</summary>
    public const string Visitor = "visitor";

    /// <summary>Whoever runs an operator's command, as Azure has let them in.</summary>
    public const string Operator = "operator";

    public const string System = "system";

    /// <summary>Of a record that cannot be read.</summary>
    public const string Unknown = "unknown";
}
