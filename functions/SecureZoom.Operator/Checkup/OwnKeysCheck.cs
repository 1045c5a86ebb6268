using System.Security.Cryptography;
using SecureZoom.Functions.Secrets;

namespace SecureZoom.Operator.Checkup;

internal sealed class OwnKeysCheck : ICheck
{
    private const int Seed = 32;

    public string Subject => "keys of our own";

    public string Remedy => "Make the key again as docs/operate.md, Rotate a secret, says; the earlier version stays enabled for what it has sealed.";

    public async Task<Verdict> LookAsync(Patient patient, CancellationToken cancellationToken)
    {
        var wrong = new List<string>();
        foreach (var name in (string[])[SecretNames.GrantKey, SecretNames.CursorKey, SecretNames.AuditMessageKey, SecretNames.StorageSealKey])
        {
            if (await patient.FindSecretAsync(name, cancellationToken) is { Length: < Seed })
            {
                wrong.Add($"{name} is shorter than {Seed} characters");
            }
        }

        if (await patient.FindSecretAsync(SecretNames.AuditNoteKey, cancellationToken) is { } seed && !IsSeed(seed))
        {
            wrong.Add($"{SecretNames.AuditNoteKey} is not {Seed} bytes in base64");
        }

        if (await patient.FindSecretAsync(SecretNames.AuditCheckpointKey, cancellationToken) is { } pem && !IsSigningKey(pem))
        {
            wrong.Add($"{SecretNames.AuditCheckpointKey} is no P-256 private key in PEM");
        }

        // Whether the vault can be asked at all is told by the check of the secrets.
        if (await patient.FindSecretAsync(SecretNames.StorageSealKey, cancellationToken) is not null
            && patient.Vault is { } vault
            && await vault.HasFirstAsync(SecretNames.StorageSealKey, cancellationToken) is false)
        {
            wrong.Add($"the first version of {SecretNames.StorageSealKey} is not enabled, under which the trail names events and people: enable it again");
        }

        return Verdict.Of(wrong, "each has the form that its use asks for");
    }

    private static bool IsSeed(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var written) && written == Seed;
    }

    private static bool IsSigningKey(string pem)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(pem);
            return key.KeySize == 256 && key.ExportParameters(includePrivateParameters: true).D is not null;
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            return false;
        }
    }
}
