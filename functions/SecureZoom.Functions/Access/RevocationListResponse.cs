namespace SecureZoom.Functions.Access;

/// <summary>The answer of <c>GET /api/revocations</c>.</summary>
public sealed record RevocationListResponse(IReadOnlyList<RevocationView> Revocations);

/// <summary>Whose access has ended: a person's, or one session's.</summary>
public sealed record RevocationView(string Id, string Kind, string? Person, string? Session, string Reason, string By, DateTimeOffset At);
