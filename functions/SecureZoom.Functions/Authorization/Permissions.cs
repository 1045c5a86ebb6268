namespace SecureZoom.Functions.Authorization;

/// <summary>What a caller may be allowed; the names are those of the access token's <c>permissions</c> claim.</summary>
public static class Permissions
{
    public const string MeetingsJoin = "meetings:join";
    public const string MeetingsHost = "meetings:host";
    public const string MeetingsManage = "meetings:manage";
    public const string AuditRead = "audit:read";
    public const string AuditReadAny = "audit:read:any";
    public const string AuditErase = "audit:erase";
    public const string AccessRevoke = "access:revoke";

    internal static IReadOnlySet<string> All { get; } =
        new HashSet<string>(StringComparer.Ordinal) { MeetingsJoin, MeetingsHost, MeetingsManage, AuditRead, AuditReadAny, AuditErase, AccessRevoke };
}
