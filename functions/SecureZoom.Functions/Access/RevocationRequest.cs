namespace SecureZoom.Functions.Access;

/// <summary>The body of <c>POST /api/revocations</c>: one person, or one session.</summary>
public sealed record RevocationRequest
{
    /// <summary>A subject, or an address that the organisation's trail knows the subject of.</summary>
    public string? Person { get; init; }

    /// <summary>The id of a session, as tokens and the trail have it.</summary>
    public string? Session { get; init; }

    public required string Reason { get; init; }
}
