namespace SecureZoom.Infra.Tests;

/// <summary>Logs, telemetry, alerts and the budget.</summary>
internal static class MonitoringRules
{
    private static readonly string[] Alerts =
    [
        "checkpoint-missing",
        "poison-queue-used",
        "quarantine-not-empty",
        "server-errors",
        "trail-finding",
        "vault-denials",
        "webhook-401-surge",
        "witness-conflict",
    ];

    /// <summary>Application Insights could be diagnosed too, but its tables are in the workspace already.</summary>
    private static readonly string[] Diagnosable =
    [
        Types.App,
        Types.BlobService,
        Types.QueueService,
        Types.Site,
        Types.StorageAccount,
        Types.TableService,
        Types.Vault,
        Types.Workspace,
    ];

    internal static readonly Rule[] All =
    [
        Rule.Each("telemetry is sent by identity",
            Types.Component, "properties.DisableLocalAuth", "true"),
        Rule.Each("telemetry masks addresses",
            Types.Component, "properties.DisableIpMasking", "false"),
        Rule.Each("logs are written and read by identity",
            Types.Workspace, "properties.features.disableLocalAuth", "true"),
        Rule.Each("logs are read with rights on their resource",
            Types.Workspace, "properties.features.enableLogAccessUsingOnlyResourcePermissions", "true"),
        new("everything has diagnostics", deployment => deployment.Resources
            .Where(resource => Diagnosable.Contains(resource.Type))
            .ExceptBy(deployment.All(Types.Diagnostics).Select(setting => setting.Scope), resource => resource.Id)
            .Select(resource => resource.Name)),
        new("diagnostics go to the workspace", deployment => deployment.All(Types.Diagnostics)
            .Where(setting => setting.Text("properties.workspaceId") != deployment.Only(Types.Workspace).Id)
            .Select(setting => setting.Scope)),
        Rule.Each("diagnostics are switched on",
            Types.Diagnostics, setting =>
            {
                var kinds = setting.List("properties.logs").Concat(setting.List("properties.metrics")).ToList();
                return kinds.Count > 0 && kinds.TrueForAll(kind => kind.GetProperty("enabled").GetBoolean());
            }),
        Rule.Holds("the alerts are there", deployment =>
            deployment.All(Types.LogAlert)
                .Select(alert => alert.Text("properties.displayName"))
                .Order()
                .SequenceEqual(Alerts)),
        Rule.Each("alerts are switched on",
            Types.LogAlert, "properties.enabled", "true"),
        Rule.Each("somebody is told",
            Types.ActionGroup, people =>
                people.Text("properties.enabled") == "true" && people.List("properties.emailReceivers").Any()),
        new("alerts tell them", deployment => deployment.All(Types.LogAlert)
            .Where(alert => !alert.List("properties.actions.actionGroups")
                .Select(group => group.GetString())
                .SequenceEqual([deployment.Only(Types.ActionGroup).Id]))
            .Select(alert => alert.Name)),
        Rule.Each("spending is watched",
            Types.Budget, budget =>
                budget.Text("properties.notifications.actual.enabled") == "true"
                && budget.Text("properties.notifications.forecast.enabled") == "true"),
    ];
}
