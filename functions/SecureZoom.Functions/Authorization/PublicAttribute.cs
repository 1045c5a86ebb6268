namespace SecureZoom.Functions.Authorization;

/// <summary>Open to everybody, for a reason that has to be given.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PublicAttribute(string reason) : AccessAttribute
{
    public string Reason { get; } = reason;
}
