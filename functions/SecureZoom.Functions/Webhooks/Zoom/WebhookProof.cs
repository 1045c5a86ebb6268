using SecureZoom.Functions.Secrets;

namespace SecureZoom.Functions.Webhooks.Zoom;

/// <summary>What a webhook's signature proves: it comes from Zoom, for one of these accounts.</summary>
/// <param name="AccountIds">The accounts that have this secret; more than one only where they share it.</param>
public sealed record WebhookProof(IReadOnlyList<string> AccountIds, SecretVersion Secret)
{
    /// <summary>Our other accounts, for which another secret signs: what names one of them is not genuine.</summary>
    public IReadOnlyList<string> OtherAccountIds { get; init; } = [];
}
