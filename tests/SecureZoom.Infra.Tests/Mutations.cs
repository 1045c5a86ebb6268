namespace SecureZoom.Infra.Tests;

/// <summary>Every value of the baseline, set the unsafe way.</summary>
internal static class Mutations
{
    private const string Storage = "modules/storage.bicep";
    private const string Audit = "modules/audit.bicep";
    private const string Vault = "modules/vault.bicep";
    private const string App = "modules/app.bicep";
    private const string Roles = "modules/access.bicep";
    private const string Alerts = "modules/alerts.bicep";
    private const string Rules = "modules/rules.bicep";
    private const string Availability = "modules/availability.bicep";
    private const string Main = "main.bicep";
    private const string Sizes = "modules/sizes.bicep";

    internal static readonly Mutation[] All =
    [
        // Storage
        Mutation.Flip("storage takes no shared keys", Storage, "allowSharedKeyAccess: false"),
        Mutation.Drop("storage takes no shared keys", Storage, "allowSharedKeyAccess: false"),
        Mutation.Flip("storage signs people in by default", Storage, "defaultToOAuthAuthentication: true"),
        Mutation.Flip("storage allows no public blobs", Storage, "allowBlobPublicAccess: false"),
        new("containers are not public", Audit, "publicAccess: 'None'", "publicAccess: 'Blob'"),
        new("containers are not public", "modules/runtime.bicep", "publicAccess: 'None'", "publicAccess: 'Container'"),
        Mutation.Flip("storage speaks HTTPS only", Storage, "supportsHttpsTrafficOnly: true"),
        new("storage needs TLS 1.2", Storage, "minimumTlsVersion: 'TLS1_2'", "minimumTlsVersion: 'TLS1_0'"),
        Mutation.Flip("storage has no local users", Storage, "isLocalUserEnabled: false"),
        Mutation.Flip("storage has no SFTP", Storage, "isSftpEnabled: false"),
        Mutation.Flip("storage does not replicate to other tenants", Storage, "allowCrossTenantReplication: false"),
        Mutation.Drop("storage is copied within the tenant only", Storage, "allowedCopyScope: 'AAD'"),
        Mutation.Flip("storage is encrypted twice", Storage, "requireInfrastructureEncryption: true"),
        Mutation.Drop("storage is encrypted twice", Storage, "queue: { keyType: 'Account' }"),
        Mutation.Drop("storage is encrypted twice", Storage, "table: { keyType: 'Account' }"),
        Mutation.Flip("deleted blobs can be restored", Storage, " deleteRetentionPolicy: { enabled: true"),
        new("deleted blobs can be restored", Main, "recoveryDays: 7", "recoveryDays: 1"),
        Mutation.Flip("deleted containers can be restored", Storage, "containerDeleteRetentionPolicy: { enabled: true"),
        new("the trail has an account of its own", Main, "audit: 'staudit${unique}'", "audit: 'strun${unique}'"),
        Mutation.Flip("blobs of the trail keep their versions", Audit, "versioning: true"),
        new("checkpoints are immutable", Audit, "if (!checkpointsLocked)", "if (checkpointsLocked)"),
        new("checkpoints are immutable", Audit,
            "immutabilityPeriodSinceCreationInDays: checkpointDays",
            "immutabilityPeriodSinceCreationInDays: 0"),
        Mutation.Flip("what is kept for long is locked, and nothing else", Sizes, "lockCheckpoints: false"),
        new("an app with zones keeps its own in zones", Sizes, "zoneRedundant: false", "zoneRedundant: true"),
        Mutation.Flip("checkpoints are not appended to", Audit, "allowProtectedAppendWrites: false"),
        Mutation.Flip("checkpoints are not appended to", Audit, "allowProtectedAppendWritesAll: false"),
        Mutation.Flip("what was replayed is forgotten", Audit, "enabled: true"),

        // Key Vault
        Mutation.Flip("the vault goes by roles", Vault, "enableRbacAuthorization: true"),
        Mutation.Flip("the vault soft-deletes", Vault, "enableSoftDelete: true"),
        new("the vault keeps what was deleted for 90 days", Vault,
            "softDeleteRetentionInDays: 90",
            "softDeleteRetentionInDays: 7"),
        Mutation.Drop("the vault cannot be purged", Vault, "enablePurgeProtection: true"),
        Mutation.Flip("the vault serves no virtual machines", Vault, "enabledForDeployment: false"),
        Mutation.Flip("the vault serves no disk encryption", Vault, "enabledForDiskEncryption: false"),
        Mutation.Flip("the vault serves no templates", Vault, "enabledForTemplateDeployment: false"),
        new("no template holds a secret", Vault,
            "resource diagnostics",
            """
            resource secret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
              parent: vault
              name: 'zoom-client-secret'
              properties: { value: 'in the repository' }
            }

            resource diagnostics
            """),

        // Function app and site
        Mutation.Flip("the app speaks HTTPS only", App, "httpsOnly: true"),
        new("the app needs TLS 1.2", App, "minTlsVersion: '1.2'", "minTlsVersion: '1.0'"),
        new("publishing needs TLS 1.2", App, "scmMinTlsVersion: '1.2'", "scmMinTlsVersion: '1.0'"),
        new("the app has its own identity and no other", App,
            "type: 'UserAssigned'",
            "type: 'SystemAssigned, UserAssigned'"),
        new("the package is read by identity", App,
            "type: 'UserAssignedIdentity'",
            "type: 'StorageAccountConnectionString'"),
        new("the host reaches storage by identity", Main,
            "AzureWebJobsStorage__credential: 'managedidentity'",
            "AzureWebJobsStorage: 'UseDevelopmentStorage=true'"),
        new("the app reaches the trail by identity", Main,
            "Audit__credential: 'managedidentity'",
            "Audit: 'UseDevelopmentStorage=true'"),
        Mutation.Drop("the app reaches the trail by identity", Main, "Audit__clientId: identity.properties.clientId"),
        new("the app has no homepage", Main, "AzureWebJobsDisableHomepage: 'true'", "AzureWebJobsDisableHomepage: 'false'"),
        new("CORS knows the site's origin only", App, "allowedOrigins: [siteUrl]", "allowedOrigins: ['*']"),
        new("CORS knows the site's origin only", App,
            "allowedOrigins: [siteUrl]",
            "allowedOrigins: [siteUrl, 'http://localhost:4280']"),
        Mutation.Flip("CORS takes no cookies", App, "supportCredentials: false"),
        new("the app links to the site's origin", Main, "Site__Url: siteUrl", "Site__Url: 'https://elsewhere.example'"),
        new("the site has one origin", Main,
            "stagingEnvironmentPolicy: 'Disabled'",
            "stagingEnvironmentPolicy: 'Enabled'"),
        Mutation.Flip("nobody publishes by password", App, "allow: false"),
        new("both doors for passwords are shut", App,
            "resource ftp 'basicPublishingCredentialsPolicies' =",
            "resource ftp 'basicPublishingCredentialsPolicies' = if (false)"),
        new("nothing that Flex forbids is set", Main,
            "Site__Url: siteUrl",
            "Site__Url: siteUrl\n        FUNCTIONS_WORKER_RUNTIME: 'dotnet-isolated'"),
        new("nothing that Flex forbids is set", App,
            "http20Enabled: true",
            "http20Enabled: true\n      ftpsState: 'AllAllowed'"),
        new("app settings hold no secret", Main,
            "Site__Url: siteUrl",
            "Site__Url: siteUrl\n        'Secrets__zoom-client-secret': 'in the repository'"),
        new("app settings hold no secret", Main,
            "Site__Url: siteUrl",
            "Site__Url: siteUrl\n        Telemetry: component.listKeys().value"),
        new("outputs hold no secret", Main,
            "output SITE_URL string = siteUrl",
            "output SITE_URL string = 'https://storage.example/?sig=abc'"),
        new("outputs hold no secret", Main, "output SITE_URL", "output SITE_PASSWORD"),

        // Monitoring
        Mutation.Flip("telemetry is sent by identity", Main, "DisableLocalAuth: true"),
        Mutation.Flip("telemetry masks addresses", Main, "DisableIpMasking: false"),
        Mutation.Flip("logs are written and read by identity", Main, "disableLocalAuth: true"),
        Mutation.Flip("logs are read with rights on their resource", Main,
            "enableLogAccessUsingOnlyResourcePermissions: true"),
        new("everything has diagnostics", Storage,
            "scope: account::tables\n  name: 'to-workspace'",
            "scope: account::queues\n  name: 'tables'"),
        new("everything has diagnostics", Vault, "scope: vault", "scope: resourceGroup()"),
        new("everything has diagnostics", App, "scope: app", "scope: plan"),
        new("everything has diagnostics", Main, "scope: workspace\n", "scope: component\n"),
        new("what takes no diagnostics has none", Main, "scope: workspace\n", "scope: site\n"),
        new("diagnostics go to the workspace", Vault,
            "    workspaceId: workspaceId\n",
            "    storageAccountId: workspaceId\n"),
        Mutation.Flip("diagnostics are switched on", App, "enabled: true"),
        new("the alerts are there", Rules, "name: 'vault-denials'", "name: 'vault-refusals'"),
        new("a silence is not taken for over", Alerts, "rule.name != neverOver", "true"),
        new("a silence is not taken for over", Alerts, "rule.name == neverOver", "false"),
        Mutation.Drop("only calls count as failed calls", Rules, "| where isnotempty(Url)"),
        new("each organisation is waited for", Rules, "Signed) by Organization\n", "Signed)\n"),
        new("an alert names its organisation", Alerts, "values: ['*']", "values: []"),
        new("an alert names its organisation", Rules, "    split: 'Organization'\n", ""),
        new("a silence begins with the first trail", Rules,
            "summarize Last = max(TimeGenerated)\n      | where Last < ago(2h)\n      | count",
            "where TimeGenerated > ago(2h)\n      | count"),
        new("whoever waits for a borrowed role is not denied", Rules, "LastDenied < ago(20m)", "LastDenied < now()"),
        new("a message is told of for as long as it is poison", Rules, "EventId) == 197", "EventId) == 198"),
        new("alerts are switched on", Alerts, "enabled: true\n      scopes", "enabled: false\n      scopes"),
        new("somebody is told", Alerts, "enabled: true\n    groupShortName", "enabled: false\n    groupShortName"),
        new("alerts tell them", Alerts, "actionGroups: [actionGroup.id]", "actionGroups: []"),
        Mutation.Flip("the health is asked for from outside", Availability, "Enabled: true"),
        new("the health is asked for from outside", Availability, "'${apiUrl}/health'", "apiUrl"),
        Mutation.Flip("the certificate is looked at", Availability, "SSLCheck: true"),
        Mutation.Flip("bad health is told of", Availability, " enabled: true"),
        new("bad health is told of", Availability, "failedLocationCount: 2", "failedLocationCount: 3"),
        Mutation.Drop("bad health tells them", Availability, "{ actionGroupId: actionGroupId }"),
        Mutation.Flip("spending is watched", Alerts, "actual: {\n        enabled: true"),
        Mutation.Flip("spending is watched", Alerts, "forecast: {\n        enabled: true"),

        // Access
        Mutation.Drop("roles are assigned on one resource", Roles, "  scope: vault\n"),
        new("roles are assigned to the app only", Roles,
            "principalId: principalId",
            "principalId: '00000000-0000-0000-0000-000000000009'"),
        new("roles are named by scope, principal and role", Roles, "guid(vault.id, principalId,", "guid(vault.id, vaultName,"),
        new("each role has its reason", Roles, "description: 'Gets secrets", "description: '' // 'Gets secrets"),
        new("the app may do what it does", Roles,
            "roleDefinitions', roles.storageBlobDataOwner",
            "roleDefinitions', roles.storageBlobDataContributor"),
        new("the app may do what it does", Roles,
            "scope: audit::blobs::quarantine",
            "scope: audit::blobs::checkpoints"),
        // Key Vault Administrator
        new("the app may do nothing else", Roles,
            "keyVaultSecretsUser: '4633458b-17de-408a-b874-0445c86b69e6'",
            "keyVaultSecretsUser: '00482a5a-887f-4fb3-b363-3b7fe8e74483'"),
        // Storage Account Contributor
        new("the app may do nothing else", Roles,
            "storageTableDataContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'",
            "storageTableDataContributor: '17d1049b-9a84-46fb-8f53-869881c3d3ab'"),
        new("the app may do nothing else", Roles, "scope: audit::tables::meetings", "scope: audit"),
        new("the trail and the vault are locked", Vault, "level: 'CanNotDelete'", "level: 'NotSpecified'"),
        new("the trail and the vault are locked", Audit, "scope: account\n", "scope: account::blobs\n"),
    ];
}
