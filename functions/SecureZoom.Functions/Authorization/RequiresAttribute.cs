namespace SecureZoom.Functions.Authorization;

/// <summary>Open to callers of an organisation who have one of the permissions.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresAttribute(params string[] anyOf) : AccessAttribute
{
    public IReadOnlyList<string> AnyOf { get; } = anyOf;

    /// <summary>
    /// An invitation may stand in for organisation and permission. The function then finds callers without them, and has to ask for the
    /// invitation itself.
    /// </summary>
    public bool OrInvitation { get; init; }
}
