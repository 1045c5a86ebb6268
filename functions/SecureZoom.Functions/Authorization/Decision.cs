namespace SecureZoom.Functions.Authorization;

/// <summary>Whether something is allowed, and the reason that the audit trail keeps (snake_case).</summary>
internal readonly record struct Decision(bool Allowed, string Reason)
{
    public static Decision Allow(string reason) => new(true, reason);

    public static Decision Deny(string reason) => new(false, reason);
}
