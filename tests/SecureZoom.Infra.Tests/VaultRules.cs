namespace SecureZoom.Infra.Tests;

/// <summary>Key Vault.</summary>
internal static class VaultRules
{
    internal static readonly Rule[] All =
    [
        Rule.Each("the vault goes by roles",
            Types.Vault, "properties.enableRbacAuthorization", "true"),
        Rule.Each("the vault soft-deletes",
            Types.Vault, "properties.enableSoftDelete", "true"),
        Rule.Each("the vault keeps what was deleted for 90 days",
            Types.Vault, "properties.softDeleteRetentionInDays", "90"),
        Rule.Each("the vault cannot be purged",
            Types.Vault, "properties.enablePurgeProtection", "true"),
        Rule.Each("the vault serves no virtual machines",
            Types.Vault, "properties.enabledForDeployment", "false"),
        Rule.Each("the vault serves no disk encryption",
            Types.Vault, "properties.enabledForDiskEncryption", "false"),
        Rule.Each("the vault serves no templates",
            Types.Vault, "properties.enabledForTemplateDeployment", "false"),
        Rule.Holds("no template holds a secret", deployment => !deployment.All(Types.VaultSecret).Any()),
    ];
}
