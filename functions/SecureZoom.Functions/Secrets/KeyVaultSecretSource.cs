using Azure;
using Azure.Security.KeyVault.Secrets;

namespace SecureZoom.Functions.Secrets;

/// <summary>Secrets from Azure Key Vault: the enabled versions that are valid now.</summary>
internal sealed class KeyVaultSecretSource(SecretClient client, TimeProvider time) : ISecretSource
{
    // Who rotates keeps one version behind, or two; others would only slow the look down, but for the oldest (StableMac).
    private const int MaxVersions = 5;

    public async Task<IReadOnlyList<SecretVersion>> ReadAsync(string name, CancellationToken cancellationToken)
    {
        SecretProperties[] sorted = [.. (await ListAsync(name, cancellationToken)).Where(IsUsable)];
        var kept = sorted.Length <= MaxVersions ? sorted : [.. sorted[..(MaxVersions - 1)], sorted[^1]];
        return await Task.WhenAll(kept.Select(version => ReadAsync(version, cancellationToken)));
    }

    /// <summary>Whether the first version that was ever made is one of those that are enabled and valid; null when there is no such secret.</summary>
    public async Task<bool?> HasFirstAsync(string name, CancellationToken cancellationToken) =>
        await ListAsync(name, cancellationToken) is [.., var first] ? IsUsable(first) : null;

    /// <summary>All versions, the newest first.</summary>
    private async Task<SecretProperties[]> ListAsync(string name, CancellationToken cancellationToken)
    {
        var all = new List<SecretProperties>();
        try
        {
            await foreach (var version in client.GetPropertiesOfSecretVersionsAsync(name, cancellationToken))
            {
                all.Add(version);
            }
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return [];
        }

        return [.. all.OrderByDescending(version => version.CreatedOn)];
    }

    private async Task<SecretVersion> ReadAsync(SecretProperties version, CancellationToken cancellationToken)
    {
        var secret = await client.GetSecretAsync(version.Name, version.Version, cancellationToken);
        return new SecretVersion(secret.Value.Value, version.CreatedOn);
    }

    private bool IsUsable(SecretProperties version)
    {
        var now = time.GetUtcNow();
        return version.Enabled == true && !(version.NotBefore > now) && !(version.ExpiresOn <= now);
    }
}
