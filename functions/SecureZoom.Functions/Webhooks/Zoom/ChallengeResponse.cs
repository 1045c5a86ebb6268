namespace SecureZoom.Functions.Webhooks.Zoom;

/// <summary>The answer to Zoom's URL validation.</summary>
public sealed record ChallengeResponse(string PlainToken, string EncryptedToken);
