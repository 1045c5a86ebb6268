using SecureZoom.Functions.Identity;

namespace SecureZoom.Functions.Profile;

/// <summary>The answer of <c>GET /api/me</c>.</summary>
/// <param name="GivenBy">For each permission the groups that give it; none where the token itself does.</param>
/// <param name="HostingNeedsMfa">The groups allow hosting, but only after a sign-in with a second factor, which this one lacked.</param>
public sealed record MeResponse(
    string Subject,
    string? Name,
    string? Email,
    bool EmailVerified,
    CallerOrganization? Organization,
    string? Department,
    IReadOnlyList<string> Groups,
    IReadOnlyList<string> Permissions,
    IReadOnlyDictionary<string, IReadOnlyList<string>> GivenBy,
    bool HostingNeedsMfa);
