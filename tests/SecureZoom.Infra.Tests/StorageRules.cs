using System.Globalization;

namespace SecureZoom.Infra.Tests;

/// <summary>Both storage accounts, and what the audit trail's own one needs beyond that.</summary>
internal static class StorageRules
{
    internal static readonly Rule[] All =
    [
        Rule.Each("storage takes no shared keys",
            Types.StorageAccount, "properties.allowSharedKeyAccess", "false"),
        Rule.Each("storage signs people in by default",
            Types.StorageAccount, "properties.defaultToOAuthAuthentication", "true"),
        Rule.Each("storage allows no public blobs",
            Types.StorageAccount, "properties.allowBlobPublicAccess", "false"),
        Rule.Each("containers are not public",
            Types.Container, "properties.publicAccess", "None"),
        Rule.Each("storage speaks HTTPS only",
            Types.StorageAccount, "properties.supportsHttpsTrafficOnly", "true"),
        Rule.Each("storage needs TLS 1.2",
            Types.StorageAccount, account => account.Text("properties.minimumTlsVersion") is "TLS1_2" or "TLS1_3"),
        Rule.Each("storage has no local users",
            Types.StorageAccount, "properties.isLocalUserEnabled", "false"),
        Rule.Each("storage has no SFTP",
            Types.StorageAccount, "properties.isSftpEnabled", "false"),
        Rule.Each("storage does not replicate to other tenants",
            Types.StorageAccount, "properties.allowCrossTenantReplication", "false"),
        Rule.Each("storage is copied within the tenant only",
            Types.StorageAccount, "properties.allowedCopyScope", "AAD"),
        Rule.Each("storage is encrypted twice",
            Types.StorageAccount, account =>
                account.Text("properties.encryption.requireInfrastructureEncryption") == "true"
                && account.Text("properties.encryption.services.queue.keyType") == "Account"
                && account.Text("properties.encryption.services.table.keyType") == "Account"),
        Rule.Each("deleted blobs can be restored",
            Types.BlobService, blobs => IsRestorable(blobs, "deleteRetentionPolicy")),
        Rule.Each("deleted containers can be restored",
            Types.BlobService, blobs => IsRestorable(blobs, "containerDeleteRetentionPolicy")),
        Rule.Holds("the trail has an account of its own", deployment =>
            deployment.Container("packages").Account != deployment.Container("audit-checkpoints").Account),
        Rule.Holds("blobs of the trail keep their versions", deployment =>
            deployment.All(Types.BlobService)
                .Single(blobs => blobs.Account == deployment.Container("audit-checkpoints").Account)
                .Text("properties.isVersioningEnabled") == "true"),
        Rule.Each("checkpoints are immutable",
            Types.ImmutabilityPolicy, policy =>
                policy.Name.Contains("/audit-checkpoints/", StringComparison.Ordinal)
                && policy.Number("properties.immutabilityPeriodSinceCreationInDays") >= 1),
        // For good, which nobody wants for a day's worth; the lock is one command after the deployment.
        Rule.Holds("what is kept for long is locked, and nothing else", deployment =>
            int.Parse(deployment.Outputs["CHECKPOINT_DAYS"], CultureInfo.InvariantCulture) > 7 == bool.Parse(deployment.Outputs["LOCK_CHECKPOINTS"])),
        Rule.Holds("an app with zones keeps its own in zones", deployment =>
            deployment.Only(Types.Plan).Text("properties.zoneRedundant") != "true"
            || deployment.All(Types.StorageAccount).All(account => account.Text("sku.name")!.EndsWith("ZRS", StringComparison.Ordinal))),
        Rule.Each("checkpoints are not appended to",
            Types.ImmutabilityPolicy, policy =>
                policy.Text("properties.allowProtectedAppendWrites") == "false"
                && policy.Text("properties.allowProtectedAppendWritesAll") == "false"),
        Rule.Each("what was replayed is forgotten",
            Types.LifecyclePolicy, policy => policy.List("properties.policy.rules").Any(rule =>
                rule.GetProperty("enabled").GetBoolean()
                && rule.ToString().Contains("audit-quarantine/", StringComparison.Ordinal))),
    ];

    private static bool IsRestorable(Resource blobs, string policy) =>
        blobs.Text($"properties.{policy}.enabled") == "true" && blobs.Number($"properties.{policy}.days") >= 7;
}
