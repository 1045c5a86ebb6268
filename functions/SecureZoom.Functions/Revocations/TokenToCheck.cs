namespace SecureZoom.Functions.Revocations;

/// <summary>What of a verified token says whether its access has ended.</summary>
/// <param name="Organization">The token's organisation; null for none.</param>
/// <param name="Session">The session at the identity provider; null where the token does not say.</param>
/// <param name="SignedInAt">When the person signed in, not when the token was made; null where the token does not say.</param>
public readonly record struct TokenToCheck(string Issuer, string Subject, string? Organization, string? Session, DateTimeOffset? SignedInAt);
