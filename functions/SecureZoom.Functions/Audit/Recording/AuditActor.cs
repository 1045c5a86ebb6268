namespace SecureZoom.Functions.Audit.Recording;

/// <summary>Who did it.</summary>
public sealed record AuditActor
{
    /// <summary>One of <see cref="AuditActorTypes"/>.</summary>
    public required string Type { get; init; }

    public string? Issuer { get; init; }

    public string? Subject { get; init; }

    public string? Name { get; init; }

    public string? Email { get; init; }

    public string? Department { get; init; }

    /// <summary>True where what named the person is erased from the trail.</summary>
    public bool? Erased { get; init; }

    /// <summary>The organisation's name as the token told it.</summary>
    public string? OrganizationName { get; init; }
}
