namespace SecureZoom.Infra.Tests;

/// <summary>Logs, telemetry, alerts and the budget.</summary>
internal static class MonitoringRules
{
    private static readonly string[] Alerts =
    [
        "app-deauthorized",
        "checkpoint-missing",
        "cosignature-taken",
        "customer-refused",
        "domain-contested",
        "ended-access-full",
        "erasure-stopped",
        "events-missing",
        "hold-lost",
        "list-full",
        "outcome-lost",
        "poison-queue-used",
        "quarantine-not-empty",
        "retention-stopped",
        "server-errors",
        "signing-silent",
        "storage-changed",
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
        // Azure refuses them there (ResourceTypeNotSupported), and the deployment stops.
        new("what takes no diagnostics has none", deployment => deployment.All(Types.Diagnostics)
            .Select(setting => setting.Scope)
            .Intersect(deployment.All(Types.Site).Select(site => site.Id))),
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
        // It cannot look back further than two days, after which it would be taken for over.
        new("a silence is not taken for over", deployment => deployment.All(Types.LogAlert)
            .Where(alert => alert.Text("properties.displayName") == "signing-silent")
            .Where(alert => alert.Text("properties.autoMitigate") != "false" || !alert.Has("properties.muteActionsDuration"))
            .Select(alert => alert.Name)),
        new("an alert names its organisation", deployment => deployment.All(Types.LogAlert)
            .Where(alert => alert.List("properties.criteria.allOf").Any(criterion =>
                criterion.GetProperty("query").GetString()!.Contains("by Organization", StringComparison.Ordinal)
                && !criterion.GetProperty("dimensions").EnumerateArray().Any(dimension =>
                    dimension.GetProperty("name").GetString() == "Organization"
                    && dimension.GetProperty("values").EnumerateArray().Select(value => value.GetString()).SequenceEqual(["*"]))))
            .Select(alert => alert.Name)),
        QueryHas("only calls count as failed calls", "server-errors", "where isnotempty(Url)"),
        QueryHas("each organisation is waited for", "checkpoint-missing", "maxif(TimeGenerated, Signed) by Organization"),
        QueryHas("a silence begins with the first trail", "signing-silent", "summarize Last = max(TimeGenerated)"),
        QueryHas("whoever waits for a borrowed role is not denied", "vault-denials", "LastDenied < ago(20m)"),
        QueryHas("a message is told of for as long as it is poison", "poison-queue-used", "EventId) == 197"),
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
        Rule.Each("the health is asked for from outside",
            Types.WebTest, test =>
                test.Text("properties.Enabled") == "true"
                && test.Text("properties.Request.RequestUrl")!.Contains("{0}/health", StringComparison.Ordinal)
                && test.List("properties.Locations").Count() >= 3),
        Rule.Each("the certificate is looked at",
            Types.WebTest, "properties.ValidationRules.SSLCheck", "true"),
        Rule.Each("bad health is told of",
            Types.MetricAlert, alert =>
                alert.Text("properties.enabled") == "true" && alert.Number("properties.criteria.failedLocationCount") == 2),
        new("bad health tells them", deployment => deployment.All(Types.MetricAlert)
            .Where(alert => !alert.List("properties.actions")
                .Any(action => action.GetProperty("actionGroupId").GetString()!.Contains("actionGroupId", StringComparison.Ordinal)
                    || action.GetProperty("actionGroupId").GetString() == deployment.Only(Types.ActionGroup).Id))
            .Select(alert => alert.Name)),
        Rule.Each("spending is watched",
            Types.Budget, budget =>
                budget.Text("properties.notifications.actual.enabled") == "true"
                && budget.Text("properties.notifications.forecast.enabled") == "true"),
    ];

    private static Rule QueryHas(string name, string alert, string part) => Rule.Holds(name, deployment =>
        deployment.All(Types.LogAlert)
            .Where(rule => rule.Text("properties.displayName") == alert)
            .SelectMany(rule => rule.List("properties.criteria.allOf"))
            .Any(criterion => criterion.GetProperty("query").GetString()!.Contains(part, StringComparison.Ordinal)));
}
