namespace SecureZoom.Functions.Webhook;

/// <summary>The answer to Zoom's URL validation.</summary>
public sealed record ChallengeResponse(string PlainToken, string EncryptedToken);
