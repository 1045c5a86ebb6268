namespace SecureZoom.Functions.Identity;

/// <summary>What a verified access token says; what that allows is not decided here.</summary>
/// <param name="Issuer">The token's issuer; with the subject it names the person.</param>
/// <param name="Organization">The organisation that the issuer speaks for here; null for a person without one.</param>
/// <param name="StatedDomains">The e-mail domains that it states for the organisation, in lower case; none when its issuer may not.</param>
/// <param name="Email">The claim as asserted, an address or not.</param>
/// <param name="VerifiedEmail">The address that it calls verified; null when it does not, or when that is none.</param>
/// <param name="Groups">The groups as asserted.</param>
/// <param name="Permissions">The claim <c>permissions</c> as asserted.</param>
/// <param name="Session">The session at the issuer that it comes from; null where it does not say.</param>
/// <param name="SignedInAt">When that session's person signed in; null where it does not say.</param>
/// <param name="HasSecondFactor">Whether <c>mfa</c> is among the sign-in's methods (<c>amr</c>, RFC 8176).</param>
internal sealed record VerifiedToken(
    string Issuer,
    string Subject,
    CallerOrganization? Organization,
    IReadOnlyList<string> StatedDomains,
    string? Name,
    string? Email,
    EmailAddress? VerifiedEmail,
    string? Department,
    IReadOnlyList<string> Groups,
    IReadOnlyList<string> Permissions,
    bool HasSecondFactor,
    string? Session,
    DateTimeOffset? SignedInAt);
