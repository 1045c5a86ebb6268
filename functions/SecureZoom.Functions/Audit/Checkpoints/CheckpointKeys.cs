using System.Security.Cryptography;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Secrets;
using SecureZoom.Verification;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Audit.Checkpoints;

/// <summary>
/// The keys that sign checkpoints: the secrets <c>audit-checkpoint-key</c>, a P-256 private key in PEM (PKCS#8), and
/// <c>audit-note-key</c>, an Ed25519 seed (RFC 8032), 32 bytes in base64.
/// </summary>
/// <remarks>
/// A key is trusted when it is a version in the vault, or when a trusted key has said so before it left the vault
/// (<see cref="KeyStatement"/>). Whatever else lies beside the checkpoints says nothing.
/// </remarks>
public sealed class CheckpointKeys(SecretStore secrets, CheckpointStore store, AuditOptions options)
{
    /// <summary>The current keys and all that are trusted, each of which the current one says to be so from now on; the caller disposes of them.</summary>
    /// <exception cref="SecretException">There is no usable key.</exception>
    public async Task<SigningKeys> OpenAsync(CancellationToken cancellationToken)
    {
        var statements = await store.ReadKeyStatementsAsync(cancellationToken);
        var trusted = Trust(await ReadVaultAsync(cancellationToken), statements);
        var noteSigner = NoteSignerOf(await secrets.CurrentAsync(SecretNames.AuditNoteKey, cancellationToken));
        var key = Open(await secrets.CurrentAsync(SecretNames.AuditCheckpointKey, cancellationToken));
        try
        {
            await StateAsync(key, trusted, statements, cancellationToken);
            return new SigningKeys(trusted, key, noteSigner);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>Every public key that signs or ever signed.</summary>
    public async Task<TrustedKeys> ReadTrustedAsync(CancellationToken cancellationToken) =>
        Trust(await ReadVaultAsync(cancellationToken), await store.ReadKeyStatementsAsync(cancellationToken));

    private static TrustedKeys Trust(TrustedKeys vault, IReadOnlyList<KeyStatement> statements)
    {
        var trusted = vault;
        for (var isNew = true; isNew;)
        {
            var before = trusted.Count;
            trusted = statements.Select(statement => statement.ReadIf(trusted)).OfType<TrustedKeys>().Aggregate(trusted, (all, some) => all.With(some));
            isNew = trusted.Count > before;
        }

        return trusted;
    }

    /// <summary>Says of every trusted key that it is one, by the current key, where it has not said so.</summary>
    private async Task StateAsync(ECDsa signingKey, TrustedKeys trusted, IReadOnlyList<KeyStatement> statements, CancellationToken cancellationToken)
    {
        var own = new TrustedKeys([PublicKey.Of(signingKey)], []);
        var stated = statements.Select(statement => statement.ReadIf(own)).OfType<TrustedKeys>();
        if (stated.Aggregate(own, (all, some) => all.With(some)).Count < trusted.Count)
        {
            await store.AddKeyStatementAsync(KeyStatement.Sign(trusted, signingKey), cancellationToken);
        }
    }

    private async Task<TrustedKeys> ReadVaultAsync(CancellationToken cancellationToken)
    {
        var keys = new List<PublicKey>();
        foreach (var version in await secrets.AllAsync(SecretNames.AuditCheckpointKey, cancellationToken))
        {
            using var key = Open(version);
            keys.Add(PublicKey.Of(key));
        }

        var noteKeys = (await secrets.AllAsync(SecretNames.AuditNoteKey, cancellationToken)).Select(version => NoteSignerOf(version).Key.ToString());
        return new TrustedKeys(keys, [.. noteKeys]);
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

    private NoteSigner NoteSignerOf(SecretVersion version)
    {
        try
        {
            return new NoteSigner(options.Origin, Convert.FromBase64String(version.Value));
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw new SecretException(SecretNames.AuditNoteKey);
        }
    }
}
