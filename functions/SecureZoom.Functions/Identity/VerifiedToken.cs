namespace SecureZoom.Functions.Identity;

/// <summary>What a verified access token says; what that allows is not decided here.</summary>
/// <param name="Issuer">The token's issuer; with the subject it names the person.</param>
/// <param name="Organization">The organisation that the issuer speaks for here; null for a person without one.</param>
/// <param name="EmailVerified">Whether the token says that the address is verified, and its issuer may say so.</param>
/// <param name="Groups">The groups as asserted.</param>
/// <param name="Permissions">The claim <c>permissions</c> as asserted.</param>
/// <param name="HasSecondFactor">Whether <c>mfa</c> is among the sign-in's methods (<c>amr</c>, RFC 8176).</param>
internal sealed record VerifiedToken(
    string Issuer,
    string Subject,
    CallerOrganization? Organization,
    string? Name,
    string? Email,
    bool EmailVerified,
    string? Department,
    IReadOnlyList<string> Groups,
    IReadOnlyList<string> Permissions,
    bool HasSecondFactor);
