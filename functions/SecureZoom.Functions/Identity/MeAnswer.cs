namespace SecureZoom.Functions.Identity;

/// <summary>The answer of <c>GET /api/me</c>.</summary>
public sealed record MeAnswer(
    string Subject,
    string? Name,
    string? Email,
    bool EmailVerified,
    CallerOrganization? Organization,
    string? Department,
    IReadOnlyList<string> Groups,
    IReadOnlyList<string> Permissions);
