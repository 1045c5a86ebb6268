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
    private const string Main = "main.bicep";

    internal static readonly Mutation[] All =
    [
        new("storage takes no shared keys", Storage, "allowSharedKeyAccess: false", "allowSharedKeyAccess: true"),
        new("storage takes no shared keys", Storage, "allowSharedKeyAccess: false", ""),
        new("storage signs people in by default", Storage, "defaultToOAuthAuthentication: true", "defaultToOAuthAuthentication: false"),
        new("storage allows no public blobs", Storage, "allowBlobPublicAccess: false", "allowBlobPublicAccess: true"),
        new("containers are not public", Audit, "publicAccess: 'None'", "publicAccess: 'Blob'"),
        new("containers are not public", "modules/runtime.bicep", "publicAccess: 'None'", "publicAccess: 'Container'"),
        new("storage speaks HTTPS only", Storage, "supportsHttpsTrafficOnly: true", "supportsHttpsTrafficOnly: false"),
        new("storage needs TLS 1.2", Storage, "minimumTlsVersion: 'TLS1_2'", "minimumTlsVersion: 'TLS1_0'"),
        new("storage has no local users", Storage, "isLocalUserEnabled: false", "isLocalUserEnabled: true"),
        new("storage has no SFTP", Storage, "isSftpEnabled: false", "isSftpEnabled: true"),
        new("storage does not replicate to other tenants", Storage, "allowCrossTenantReplication: false", "allowCrossTenantReplication: true"),
        new("storage is copied within the tenant only", Storage, "allowedCopyScope: 'AAD'", ""),
        new("storage is encrypted twice", Storage, "requireInfrastructureEncryption: true", "requireInfrastructureEncryption: false"),
        new("storage is encrypted twice", Storage, "table: { keyType: 'Account' }", "table: { keyType: 'Service' }"),
        new("deleted blobs can be restored", Storage, " deleteRetentionPolicy: { enabled: true", " deleteRetentionPolicy: { enabled: false"),
        new("deleted blobs can be restored", Main, "recoveryDays: 7", "recoveryDays: 1"),
        new("deleted containers can be restored", Storage, "containerDeleteRetentionPolicy: { enabled: true", "containerDeleteRetentionPolicy: { enabled: false"),
        new("the trail has an account of its own", Main, "audit: 'staudit${unique}'", "audit: 'strun${unique}'"),
        new("blobs of the trail keep their versions", Audit, "versioning: true", "versioning: false"),
        new("checkpoints are immutable", Audit, "if (!checkpointsLocked)", "if (checkpointsLocked)"),
        new("checkpoints are immutable", Audit, "immutabilityPeriodSinceCreationInDays: checkpointDays", "immutabilityPeriodSinceCreationInDays: 0"),
        new("checkpoints are not appended to", Audit, "allowProtectedAppendWrites: false", "allowProtectedAppendWrites: true"),
        new("checkpoints are not appended to", Audit, "allowProtectedAppendWritesAll: false", "allowProtectedAppendWritesAll: true"),
        new("what was replayed is forgotten", Audit, "enabled: true", "enabled: false"),

        new("the vault goes by roles", Vault, "enableRbacAuthorization: true", "enableRbacAuthorization: false"),
        new("the vault soft-deletes", Vault, "enableSoftDelete: true", "enableSoftDelete: false"),
        new("the vault keeps what was deleted for 90 days", Vault, "softDeleteRetentionInDays: 90", "softDeleteRetentionInDays: 7"),
        new("the vault cannot be purged", Vault, "enablePurgeProtection: true", ""),
        new("the vault serves no virtual machines", Vault, "enabledForDeployment: false", "enabledForDeployment: true"),
        new("the vault serves no disk encryption", Vault, "enabledForDiskEncryption: false", "enabledForDiskEncryption: true"),
        new("the vault serves no templates", Vault, "enabledForTemplateDeployment: false", "enabledForTemplateDeployment: true"),
        new("no template holds a secret", Vault, "resource diagnostics",
            """
            resource secret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
              parent: vault
              name: 'zoom-client-secret'
              properties: { value: 'in the repository' }
            }

            resource diagnostics
            """),

        new("the app speaks HTTPS only", App, "httpsOnly: true", "httpsOnly: false"),
        new("the app needs TLS 1.2", App, "minTlsVersion: '1.2'", "minTlsVersion: '1.0'"),
        new("publishing needs TLS 1.2", App, "scmMinTlsVersion: '1.2'", "scmMinTlsVersion: '1.0'"),
        new("the app has its own identity and no other", App, "type: 'UserAssigned'", "type: 'SystemAssigned, UserAssigned'"),
        new("the package is read by identity", App, "type: 'UserAssignedIdentity'", "type: 'StorageAccountConnectionString'"),
        new("the host reaches storage by identity", Main, "AzureWebJobsStorage__credential: 'managedidentity'",
            "AzureWebJobsStorage: 'DefaultEndpointsProtocol=https;AccountName=strun'"),
        new("the app reaches the trail by identity", Main, "Audit__credential: 'managedidentity'", "Audit: 'UseDevelopmentStorage=true'"),
        new("the app reaches the trail by identity", Main, "Audit__clientId: identity.properties.clientId", ""),
        new("CORS knows the site's origin only", App, "allowedOrigins: [siteUrl]", "allowedOrigins: ['*']"),
        new("CORS knows the site's origin only", App, "allowedOrigins: [siteUrl]", "allowedOrigins: [siteUrl, 'http://localhost:4280']"),
        new("CORS takes no cookies", App, "supportCredentials: false", "supportCredentials: true"),
        new("the app links to the site's origin", Main, "Site__Url: siteUrl", "Site__Url: 'https://elsewhere.example'"),
        new("nobody publishes by password", App, "allow: false", "allow: true"),
        new("both doors for passwords are shut", App, "resource ftp 'basicPublishingCredentialsPolicies' =", "resource ftp 'basicPublishingCredentialsPolicies' = if (false)"),
        new("nothing that Flex forbids is set", Main, "Site__Url: siteUrl", "Site__Url: siteUrl\n        FUNCTIONS_WORKER_RUNTIME: 'dotnet-isolated'"),
        new("nothing that Flex forbids is set", App, "http20Enabled: true", "http20Enabled: true\n      ftpsState: 'AllAllowed'"),
        new("app settings hold no secret", Main, "Site__Url: siteUrl", "Site__Url: siteUrl\n        'Secrets__zoom-client-secret': 'in the repository'"),
        new("app settings hold no secret", Main, "Site__Url: siteUrl", "Site__Url: siteUrl\n        Telemetry: component.listKeys().value"),
        new("outputs hold no secret", Main, "output SITE_URL string = siteUrl", "output SITE_URL string = 'https://x?sig=abc'"),
        new("outputs hold no secret", Main, "output SITE_URL", "output SITE_PASSWORD"),

        new("the site has one origin", Main, "stagingEnvironmentPolicy: 'Disabled'", "stagingEnvironmentPolicy: 'Enabled'"),

        new("telemetry is sent by identity", Main, "DisableLocalAuth: true", "DisableLocalAuth: false"),
        new("telemetry masks addresses", Main, "DisableIpMasking: false", "DisableIpMasking: true"),
        new("logs are written and read by identity", Main, "disableLocalAuth: true", "disableLocalAuth: false"),
        new("logs are read with rights on their resource", Main, "enableLogAccessUsingOnlyResourcePermissions: true", "enableLogAccessUsingOnlyResourcePermissions: false"),
        new("everything has diagnostics", Storage, "scope: account::tables\n  name: 'to-workspace'", "scope: account::queues\n  name: 'tables'"),
        new("everything has diagnostics", Main, "scope: site\n  name: 'to-workspace'", "scope: workspace\n  name: 'site'"),
        new("everything has diagnostics", Vault, "scope: vault", "scope: resourceGroup()"),
        new("everything has diagnostics", App, "scope: app", "scope: plan"),
        new("diagnostics go to the workspace", Vault, "    workspaceId: workspaceId\n", "    storageAccountId: workspaceId\n"),
        new("diagnostics are switched on", App, "enabled: true", "enabled: false"),
        new("the alerts are there", Alerts, "name: 'vault-denials'", "name: 'vault-denial'"),
        new("alerts are switched on", Alerts, "      enabled: true\n      scopes", "      enabled: false\n      scopes"),
        new("alerts tell somebody", Alerts, "    enabled: true\n    groupShortName", "    enabled: false\n    groupShortName"),
        new("alerts tell somebody", Alerts, "actionGroups: [actionGroup.id]", "actionGroups: []"),
        new("spending is watched", Alerts, "      actual: {\n        enabled: true", "      actual: {\n        enabled: false"),

        new("roles are assigned on one resource", Roles, "  scope: vault\n", ""),
        new("roles are assigned to the app only", Roles, "principalId: principalId", "principalId: '00000000-0000-0000-0000-000000000009'"),
        new("each role has its reason", Roles, "description: 'Gets secrets and lists their versions, so that earlier enabled ones still verify; never writes.'", ""),
        new("the app may do what it does", Roles, "'Microsoft.Authorization/roleDefinitions', roles.storageBlobDataOwner",
            "'Microsoft.Authorization/roleDefinitions', roles.storageBlobDataContributor"),
        new("the app may do what it does", Roles, "scope: audit::blobs::quarantine", "scope: audit::blobs::checkpoints"),
        new("the app may do nothing else", Roles, "keyVaultSecretsUser: '4633458b-17de-408a-b874-0445c86b69e6'",
            "keyVaultSecretsUser: '00482a5a-887f-4fb3-b363-3b7fe8e74483'"),
        new("the app may do nothing else", Roles, "storageQueueDataMessageSender: 'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a'",
            "storageQueueDataMessageSender: '974c5e8b-45b9-4653-ba55-5f855dd0fb88'"),
        new("the app may do nothing else", Roles, "scope: audit::tables::meetings", "scope: audit"),
        new("the trail and the vault are locked", Vault, "level: 'CanNotDelete'", "level: 'NotSpecified'"),
        new("the trail and the vault are locked", Audit, "scope: account\n", "scope: account::blobs\n"),
    ];
}
