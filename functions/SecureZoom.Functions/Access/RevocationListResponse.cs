namespace SecureZoom.Functions.Access;

/// <summary>The answer of <c>GET /api/revocations</c>.</summary>
public sealed record RevocationListResponse(IReadOnlyList<RevocationView> Revocations);

/// <summary>Whose access has ended: a person's, or one session's.</summary>
/// <param name="Together">The id of the call that ended it with others, which lifts them all; null where it ended alone.</param>
public sealed record RevocationView(string Id, string Kind, string? Person, string? Session, string Reason, string By, DateTimeOffset At, string? Together);
