using System.Globalization;
using System.Text.RegularExpressions;

namespace SecureZoom.Infra.Tests;

/// <summary>The security baseline. Each rule has at least one mutation that breaks it (<see cref="Mutations"/>).</summary>
internal static partial class Baseline
{
    private static readonly string[] Alerts =
    [
        "checkpoint-missing", "poison-queue-used", "quarantine-not-empty", "server-errors", "vault-denials", "webhook-401-surge",
    ];

    /// <summary>App Insights has diagnostics too, but they would only copy its tables into the workspace where they are already.</summary>
    private static readonly string[] Diagnosable =
    [
        Types.App, Types.BlobService, Types.QueueService, Types.Site, Types.StorageAccount, Types.TableService, Types.Vault, Types.Workspace,
    ];

    /// <summary>Flex Consumption refuses these or is broken by them (Functions documentation).</summary>
    private static readonly string[] ForbiddenOnFlex =
    [
        "FUNCTIONS_WORKER_RUNTIME", "FUNCTIONS_EXTENSION_VERSION", "WEBSITE_RUN_FROM_PACKAGE", "WEBSITE_CONTENT",
    ];

    internal static readonly Rule[] Rules =
    [
        // Storage
        Rule.Each("storage takes no shared keys", Types.StorageAccount, "properties.allowSharedKeyAccess", "false"),
        Rule.Each("storage signs people in by default", Types.StorageAccount, "properties.defaultToOAuthAuthentication", "true"),
        Rule.Each("storage allows no public blobs", Types.StorageAccount, "properties.allowBlobPublicAccess", "false"),
        Rule.Each("containers are not public", Types.Container, "properties.publicAccess", "None"),
        Rule.Each("storage speaks HTTPS only", Types.StorageAccount, "properties.supportsHttpsTrafficOnly", "true"),
        Rule.Each("storage needs TLS 1.2", Types.StorageAccount, account => account.Text("properties.minimumTlsVersion") is "TLS1_2" or "TLS1_3"),
        Rule.Each("storage has no local users", Types.StorageAccount, "properties.isLocalUserEnabled", "false"),
        Rule.Each("storage has no SFTP", Types.StorageAccount, "properties.isSftpEnabled", "false"),
        Rule.Each("storage does not replicate to other tenants", Types.StorageAccount, "properties.allowCrossTenantReplication", "false"),
        Rule.Each("storage is copied within the tenant only", Types.StorageAccount, "properties.allowedCopyScope", "AAD"),
        Rule.Each("storage is encrypted twice", Types.StorageAccount, account => account.Text("properties.encryption.requireInfrastructureEncryption") == "true"
            && account.Text("properties.encryption.services.queue.keyType") == "Account"
            && account.Text("properties.encryption.services.table.keyType") == "Account"),
        Rule.Each("deleted blobs can be restored", Types.BlobService, blobs => Restorable(blobs, "deleteRetentionPolicy")),
        Rule.Each("deleted containers can be restored", Types.BlobService, blobs => Restorable(blobs, "containerDeleteRetentionPolicy")),
        Rule.Holds("the trail has an account of its own", deployment => deployment.All(Types.Container).Select(Account).Distinct().Count() == 2
            && Account(Container(deployment, "packages")) != Account(Container(deployment, "audit-checkpoints"))),
        Rule.Holds("blobs of the trail keep their versions", deployment => deployment.All(Types.BlobService)
            .Single(blobs => Account(blobs) == Account(Container(deployment, "audit-checkpoints"))).Text("properties.isVersioningEnabled") == "true"),
        Rule.Each("checkpoints are immutable", Types.ImmutabilityPolicy, policy => policy.Name.Contains("/audit-checkpoints/", StringComparison.Ordinal)
            && Days(policy, "properties.immutabilityPeriodSinceCreationInDays") >= 1),
        Rule.Each("checkpoints are not appended to", Types.ImmutabilityPolicy, policy => policy.Text("properties.allowProtectedAppendWrites") == "false"
            && policy.Text("properties.allowProtectedAppendWritesAll") == "false"),
        Rule.Each("what was replayed is forgotten", Types.LifecyclePolicy, policy => policy.List("properties.policy.rules").Any(rule =>
            rule.GetProperty("enabled").GetBoolean() && rule.ToString().Contains("audit-quarantine/", StringComparison.Ordinal))),

        // Key Vault
        Rule.Each("the vault goes by roles", Types.Vault, "properties.enableRbacAuthorization", "true"),
        Rule.Each("the vault soft-deletes", Types.Vault, "properties.enableSoftDelete", "true"),
        Rule.Each("the vault keeps what was deleted for 90 days", Types.Vault, "properties.softDeleteRetentionInDays", "90"),
        Rule.Each("the vault cannot be purged", Types.Vault, "properties.enablePurgeProtection", "true"),
        Rule.Each("the vault serves no virtual machines", Types.Vault, "properties.enabledForDeployment", "false"),
        Rule.Each("the vault serves no disk encryption", Types.Vault, "properties.enabledForDiskEncryption", "false"),
        Rule.Each("the vault serves no templates", Types.Vault, "properties.enabledForTemplateDeployment", "false"),
        Rule.Holds("no template holds a secret", deployment => !deployment.All(Types.VaultSecret).Any()),

        // Function app
        Rule.Each("the app speaks HTTPS only", Types.App, "properties.httpsOnly", "true"),
        Rule.Each("the app needs TLS 1.2", Types.App, app => app.Text("properties.siteConfig.minTlsVersion") is "1.2" or "1.3"),
        Rule.Each("publishing needs TLS 1.2", Types.App, app => app.Text("properties.siteConfig.scmMinTlsVersion") is "1.2" or "1.3"),
        Rule.Holds("the app has its own identity and no other", deployment => deployment.Only(Types.App) is var app
            && app.Text("identity.type") == "UserAssigned"
            && app.Keys("identity.userAssignedIdentities").SequenceEqual([deployment.Only(Types.Identity).Id])),
        Rule.Each("the package is read by identity", Types.App,
            "properties.functionAppConfig.deployment.storage.authentication.type", "UserAssignedIdentity"),
        Rule.Holds("the host reaches storage by identity", deployment => ByIdentity(deployment, "AzureWebJobsStorage")),
        Rule.Holds("the app reaches the trail by identity", deployment => ByIdentity(deployment, "Audit")),
        Rule.Holds("CORS knows the site's origin only", deployment =>
            deployment.Only(Types.App).List("properties.siteConfig.cors.allowedOrigins").Select(origin => origin.GetString()).SequenceEqual([Origin(deployment)])),
        Rule.Each("CORS takes no cookies", Types.App, "properties.siteConfig.cors.supportCredentials", "false"),
        Rule.Holds("the app links to the site's origin", deployment => deployment.Settings["Site__Url"] == Origin(deployment)),
        Rule.Each("nobody publishes by password", Types.PublishingPolicy, "properties.allow", "false"),
        Rule.Holds("both doors for passwords are shut", deployment =>
            deployment.All(Types.PublishingPolicy).Select(policy => policy.Name.Split('/')[^1]).Order().SequenceEqual(["ftp", "scm"])),
        Rule.Holds("nothing that Flex forbids is set", deployment =>
            !deployment.Settings.Keys.Any(name => ForbiddenOnFlex.Any(forbidden => name.StartsWith(forbidden, StringComparison.Ordinal)))
            && !new[] { "alwaysOn", "linuxFxVersion", "ftpsState" }.Any(name => deployment.Only(Types.App).Has($"properties.siteConfig.{name}"))),
        Rule.Holds("app settings hold no secret", deployment => !deployment.Settings.Any(setting => LooksSecret(setting.Key, setting.Value))),
        Rule.Holds("outputs hold no secret", deployment => !deployment.Outputs.Any(output => LooksSecret(output.Key, output.Value))),

        // Site
        Rule.Each("the site has one origin", Types.Site, "properties.stagingEnvironmentPolicy", "Disabled"),

        // Monitoring
        Rule.Each("telemetry is sent by identity", Types.Component, "properties.DisableLocalAuth", "true"),
        Rule.Each("telemetry masks addresses", Types.Component, "properties.DisableIpMasking", "false"),
        Rule.Each("logs are written and read by identity", Types.Workspace, "properties.features.disableLocalAuth", "true"),
        Rule.Each("logs are read with rights on their resource", Types.Workspace, "properties.features.enableLogAccessUsingOnlyResourcePermissions", "true"),
        new("everything has diagnostics", deployment => deployment.Resources
            .Where(resource => Diagnosable.Contains(resource.Type) && !deployment.All(Types.Diagnostics).Any(setting => setting.Scope == resource.Id))
            .Select(resource => resource.Name)),
        new("diagnostics go to the workspace", deployment => deployment.All(Types.Diagnostics)
            .Where(setting => setting.Text("properties.workspaceId") != deployment.Only(Types.Workspace).Id)
            .Select(setting => setting.Scope)),
        Rule.Each("diagnostics are switched on", Types.Diagnostics, setting =>
            setting.List("properties.logs").Concat(setting.List("properties.metrics")).Select(item => item.GetProperty("enabled").GetBoolean()).ToList()
                is { Count: > 0 } enabled && enabled.TrueForAll(on => on)),
        Rule.Holds("the alerts are there", deployment =>
            deployment.All(Types.LogAlert).Select(alert => alert.Text("properties.displayName")).Order().SequenceEqual(Alerts)),
        Rule.Each("alerts are switched on", Types.LogAlert, "properties.enabled", "true"),
        Rule.Holds("alerts tell somebody", deployment => deployment.Only(Types.ActionGroup) is var people
            && people.Text("properties.enabled") == "true" && people.List("properties.emailReceivers").Any()
            && deployment.All(Types.LogAlert).All(alert =>
                alert.List("properties.actions.actionGroups").Select(group => group.GetString()).SequenceEqual([people.Id]))),
        Rule.Holds("spending is watched", deployment => deployment.Only(Types.Budget).Text("properties.notifications.actual.enabled") == "true"
            && deployment.Only(Types.Budget).Text("properties.notifications.forecast.enabled") == "true"),

        // Access
        new("roles are assigned on one resource", deployment => deployment.All(Types.RoleAssignment)
            .Where(assignment => deployment.Resources.All(resource => resource.Id != assignment.Scope))
            .Select(assignment => assignment.Scope)),
        new("roles are assigned to the app only", deployment => deployment.All(Types.RoleAssignment)
            .Where(assignment => assignment.Text("properties.principalId") is not { } principal
                || !principal.Contains($"'{deployment.Only(Types.Identity).Id}'", StringComparison.Ordinal))
            .Select(assignment => assignment.Scope)),
        Rule.Each("each role has its reason", Types.RoleAssignment, assignment => assignment.Text("properties.description") is { Length: > 20 }),
        new("the app may do what it does", Access.Missing),
        new("the app may do nothing else", Access.Needless),
        Rule.Holds("the trail and the vault are locked", deployment => deployment.All(Types.Lock)
            .Where(item => item.Text("properties.level") == "CanNotDelete").Select(item => item.Scope).Order()
            .SequenceEqual(new[] { Account(Container(deployment, "audit-checkpoints")), deployment.Only(Types.Vault).Id }.Order())),
    ];

    private static bool Restorable(Resource blobs, string policy) =>
        blobs.Text($"properties.{policy}.enabled") == "true" && Days(blobs, $"properties.{policy}.days") >= 7;

    private static int Days(Resource resource, string path) => int.Parse(resource.Text(path) ?? "0", CultureInfo.InvariantCulture);

    private static Resource Container(Deployment deployment, string name) =>
        deployment.All(Types.Container).Single(container => container.Name.EndsWith($"/{name}", StringComparison.Ordinal));

    /// <summary>The id of the storage account that a part of it belongs to.</summary>
    private static string Account(Resource part) => part.Id[..part.Id.IndexOf("/blobServices/", StringComparison.Ordinal)];

    private static string Origin(Deployment deployment) =>
        $"[format('https://{{0}}', reference('{deployment.Only(Types.Site).Id}', '{deployment.Only(Types.Site).Text("apiVersion")}').defaultHostname)]";

    private static bool ByIdentity(Deployment deployment, string connection) =>
        deployment.Settings.GetValueOrDefault($"{connection}__credential") == "managedidentity"
        && deployment.Settings.GetValueOrDefault($"{connection}__clientId")?.Contains($"'{deployment.Only(Types.Identity).Id}'", StringComparison.Ordinal) == true
        && !deployment.Settings.ContainsKey(connection);

    /// <summary>The connection string of Application Insights only says where to send: local authentication is off.</summary>
    private static bool LooksSecret(string name, string value) =>
        SecretValue().IsMatch(value)
        || (SecretName().IsMatch(name) && name != "APPLICATIONINSIGHTS_CONNECTION_STRING");

    [GeneratedRegex(@"\blist[A-Z]\w*\(|AccountKey=|SharedAccess|[?&]sig=|-----BEGIN|securestring", RegexOptions.IgnoreCase)]
    private static partial Regex SecretValue();

    [GeneratedRegex("^Secrets__|(Secret|Key|Password|Token|ConnectionString|CONNECTION_STRING)$", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();
}
