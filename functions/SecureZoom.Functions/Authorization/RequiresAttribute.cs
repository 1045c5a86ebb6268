namespace SecureZoom.Functions.Authorization;

/// <summary>Open to callers of an organisation who have one of the permissions.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresAttribute(params string[] anyOf) : AccessAttribute
{
    public IReadOnlyList<string> AnyOf { get; } = anyOf;

    /// <summary>
    /// A grant may stand in for the permission. The function then finds callers without one, and has to ask for the grant itself.
    /// </summary>
    public bool OrGrant { get; init; }
}
