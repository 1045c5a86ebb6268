using SecureZoom.Functions.Secrets;

namespace SecureZoom.Operator.Checkup;

internal sealed class SecretsCheck : ICheck
{
    private static readonly string[] Own =
    [
        SecretNames.GrantKey, SecretNames.CursorKey, SecretNames.AuditMessageKey, SecretNames.AuditCheckpointKey, SecretNames.AuditNoteKey, SecretNames.StorageSealKey,
    ];

    public string Subject => "secrets";

    public string Remedy => "Set what is missing, or take the role Key Vault Secrets User: docs/operate.md, Rotate a secret, has a command for each.";

    public async Task<Verdict> LookAsync(Patient patient, CancellationToken cancellationToken)
    {
        string[] names =
        [
            .. Own,
            .. patient.Zoom.Accounts.SelectMany(account => (string[])[account.ClientSecretName, account.SdkClientSecretName, account.WebhookSecretName]),
            .. patient.Sources.SelectMany(source => (string?[])[source.SecretName, source.TokenSecretName, source.ManagementSecretName]).OfType<string>(),
        ];
        var values = await Task.WhenAll(names.Distinct().Select(async name => (Name: name, Value: await patient.FindSecretAsync(name, cancellationToken))));
        var missing = values.Where(secret => secret.Value is null).Select(secret => $"{secret.Name} cannot be read").ToList();
        var shared = values.Where(secret => secret.Value is not null).GroupBy(secret => secret.Value, StringComparer.Ordinal).Where(same => same.Count() > 1)
            .Select(same => $"{string.Join(" and ", same.Select(secret => secret.Name))} are the same");
        return Verdict.Of([.. missing, .. shared], $"{values.Length} secrets can be read");
    }
}
