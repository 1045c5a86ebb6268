using System.Security.Cryptography;
using SecureZoom.Functions.Secrets;
using SecureZoom.Verification;

namespace SecureZoom.Functions.Audit.Checkpoints;

/// <summary>The keys that sign checkpoints: the secret <c>audit-checkpoint-key</c>, a P-256 private key in PEM (PKCS#8).</summary>
public sealed class CheckpointKeys(SecretStore secrets, CheckpointStore store)
{
    /// <summary>The key to sign with; the caller disposes of it.</summary>
    /// <exception cref="SecretException">There is no usable key.</exception>
    public async Task<ECDsa> OpenSigningKeyAsync(CancellationToken cancellationToken) =>
        Open(await secrets.CurrentAsync(SecretNames.AuditCheckpointKey, cancellationToken));

    /// <summary>Every public key that signs or ever signed.</summary>
    public async Task<IReadOnlyList<PublicKey>> ReadPublicKeysAsync(CancellationToken cancellationToken)
    {
        var keys = (await store.ReadKeysAsync(cancellationToken)).ToList();
        foreach (var version in await secrets.AllAsync(SecretNames.AuditCheckpointKey, cancellationToken))
        {
            using var key = Open(version);
            keys.Add(PublicKey.Of(key));
        }

        return [.. keys.DistinctBy(key => key.Thumbprint)];
    }

    private static ECDsa Open(SecretVersion version)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(version.Value);
            return key;
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            // What the exception says may quote the key.
            key.Dispose();
            throw new SecretException(SecretNames.AuditCheckpointKey);
        }
    }
}
