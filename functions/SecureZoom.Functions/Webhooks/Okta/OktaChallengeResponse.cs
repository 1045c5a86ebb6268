namespace SecureZoom.Functions.Webhooks.Okta;

/// <summary>The answer to Okta's one-time verification.</summary>
public sealed record OktaChallengeResponse(string Verification);
