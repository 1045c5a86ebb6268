namespace SecureZoom.Functions.Secrets;

/// <summary>Where secrets come from: Key Vault, or configuration on a developer's machine.</summary>
public interface ISecretSource
{
    /// <summary>The enabled versions, newest first; empty when there is no such secret.</summary>
    Task<IReadOnlyList<SecretVersion>> ReadAsync(string name, CancellationToken cancellationToken);
}
