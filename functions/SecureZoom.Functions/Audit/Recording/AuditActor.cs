namespace SecureZoom.Functions.Audit.Recording;

/// <summary>Who did it.</summary>
public sealed record AuditActor
{
    /// <summary><c>user</c> (signed in with us), <c>zoom_user</c>, <c>participant</c> or <c>system</c>.</summary>
    public required string Type { get; init; }

    public string? Issuer { get; init; }

    public string? Subject { get; init; }

    public string? Name { get; init; }

    public string? Email { get; init; }

    public string? Department { get; init; }

    /// <summary>The organisation's name as the token told it.</summary>
    public string? OrganizationName { get; init; }
}
