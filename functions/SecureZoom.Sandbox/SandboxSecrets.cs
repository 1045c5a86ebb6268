using System.Security.Cryptography;
using SecureZoom.Sandbox.Hosting;

namespace SecureZoom.Sandbox;

/// <summary>Every secret of a sandbox, random, made once and kept beside its data, so that an old trail still verifies.</summary>
public sealed class SandboxSecrets
{
    private const string FileName = "secrets.json";

    private static readonly Dictionary<string, Func<string>> Makers = new()
    {
        ["zoom-account-id"] = () => RandomNumberGenerator.GetHexString(22, lowercase: true),
        ["zoom-client-id"] = () => RandomNumberGenerator.GetHexString(22, lowercase: true),
        ["zoom-sdk-client-id"] = () => RandomNumberGenerator.GetHexString(22, lowercase: true),
        ["zoom-client-secret"] = () => RandomNumberGenerator.GetHexString(32, lowercase: true),
        ["zoom-sdk-client-secret"] = () => RandomNumberGenerator.GetHexString(32, lowercase: true),
        ["zoom-webhook-secret"] = () => RandomNumberGenerator.GetHexString(22, lowercase: true),
        ["grant-key"] = CreateKey,
        ["cursor-key"] = CreateKey,
        ["audit-message-key"] = CreateKey,
        ["storage-seal-key"] = CreateKey,
        ["audit-checkpoint-key"] = CreatePrivateKey,
        ["audit-note-key"] = CreateKey,
        ["okta-event-hook-secret"] = () => RandomNumberGenerator.GetHexString(32, lowercase: true),
        ["okta-system-log-token"] = () => RandomNumberGenerator.GetHexString(42, lowercase: true),
        ["auth0-management-secret"] = () => RandomNumberGenerator.GetHexString(64, lowercase: true),
        ["auth0-log-stream-secret"] = () => RandomNumberGenerator.GetHexString(32, lowercase: true),
    };

    private readonly IReadOnlyDictionary<string, string> _values;

    private SandboxSecrets(IReadOnlyDictionary<string, string> values) => _values = values;

    /// <summary>The secret of this name, as Key Vault names it.</summary>
    public string this[string name] => _values[name];

    /// <summary>Secrets that are kept nowhere.</summary>
    public static SandboxSecrets Create() => new(Makers.ToDictionary(maker => maker.Key, maker => maker.Value()));

    /// <summary>The secrets of a data folder, made where they are missing.</summary>
    /// <exception cref="SandboxException">The file is damaged; it is never replaced.</exception>
    public static async Task<SandboxSecrets> LoadAsync(string folder, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, FileName);
        var kept = await SecretFile.ReadAsync<Dictionary<string, string>>(file, cancellationToken) ?? [];
        if (kept.FirstOrDefault(secret => string.IsNullOrWhiteSpace(secret.Value)).Key is { } empty)
        {
            throw SecretFile.Damaged(file, new FormatException($"{empty} is empty"));
        }

        var missing = Makers.Where(maker => !kept.ContainsKey(maker.Key)).ToList();
        if (missing.Count > 0)
        {
            foreach (var (name, make) in missing)
            {
                kept[name] = make();
            }

            await SecretFile.WriteAsync(file, kept, cancellationToken);
        }

        return new SandboxSecrets(kept);
    }

    private static string CreateKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private static string CreatePrivateKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem();
    }
}
