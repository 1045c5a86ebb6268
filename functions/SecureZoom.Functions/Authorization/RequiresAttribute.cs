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

    /// <summary>
    /// It only reads, and neither credentials nor what people did or who they are: it goes on while the list of ended access cannot be read.
    /// </summary>
    public bool GivesNothing { get; init; }
}
