using SecureZoom.Functions.Secrets;

namespace SecureZoom.Functions.Tests.Support;

/// <summary>A source of the cloud's secrets that can go down.</summary>
internal sealed class SwitchedSecrets(Cloud cloud) : ISecretSource
{
    public bool Down { get; set; }

    public Task<IReadOnlyList<SecretVersion>> ReadAsync(string name, CancellationToken cancellationToken) => Down
        ? throw new InvalidOperationException("The test takes the vault down.")
        : Task.FromResult<IReadOnlyList<SecretVersion>>([new SecretVersion(cloud.Secrets[name])]);
}
