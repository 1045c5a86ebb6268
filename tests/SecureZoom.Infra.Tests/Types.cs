namespace SecureZoom.Infra.Tests;

/// <summary>The resource types that the baseline speaks about.</summary>
internal static class Types
{
    internal const string ActionGroup = "Microsoft.Insights/actionGroups";
    internal const string App = "Microsoft.Web/sites";
    internal const string BlobService = "Microsoft.Storage/storageAccounts/blobServices";
    internal const string Budget = "Microsoft.Consumption/budgets";
    internal const string Component = "Microsoft.Insights/components";
    internal const string Container = "Microsoft.Storage/storageAccounts/blobServices/containers";
    internal const string Diagnostics = "Microsoft.Insights/diagnosticSettings";
    internal const string Identity = "Microsoft.ManagedIdentity/userAssignedIdentities";
    internal const string ImmutabilityPolicy =
        "Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies";
    internal const string LifecyclePolicy = "Microsoft.Storage/storageAccounts/managementPolicies";
    internal const string Lock = "Microsoft.Authorization/locks";
    internal const string LogAlert = "Microsoft.Insights/scheduledQueryRules";
    internal const string Plan = "Microsoft.Web/serverfarms";
    internal const string MetricAlert = "Microsoft.Insights/metricAlerts";
    internal const string PublishingPolicy = "Microsoft.Web/sites/basicPublishingCredentialsPolicies";
    internal const string QueueService = "Microsoft.Storage/storageAccounts/queueServices";
    internal const string RoleAssignment = "Microsoft.Authorization/roleAssignments";
    internal const string Site = "Microsoft.Web/staticSites";
    internal const string StorageAccount = "Microsoft.Storage/storageAccounts";
    internal const string TableService = "Microsoft.Storage/storageAccounts/tableServices";
    internal const string Vault = "Microsoft.KeyVault/vaults";
    internal const string VaultSecret = "Microsoft.KeyVault/vaults/secrets";
    internal const string WebTest = "Microsoft.Insights/webtests";
    internal const string Workbook = "Microsoft.Insights/workbooks";
    internal const string Workspace = "Microsoft.OperationalInsights/workspaces";
}
