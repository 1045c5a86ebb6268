using System.Text.RegularExpressions;

namespace SecureZoom.Infra.Tests;

/// <summary>The function app, its settings, and the site that calls it.</summary>
internal static partial class AppRules
{
    /// <summary>Settings (by how they begin) and properties that Flex Consumption refuses or is broken by.</summary>
    private static readonly string[] ForbiddenSettings =
    [
        "FUNCTIONS_WORKER_RUNTIME", "FUNCTIONS_EXTENSION_VERSION", "WEBSITE_RUN_FROM_PACKAGE", "WEBSITE_CONTENT",
    ];

    private static readonly string[] ForbiddenProperties = ["alwaysOn", "linuxFxVersion", "ftpsState"];

    internal static readonly Rule[] All =
    [
        Rule.Each("the app speaks HTTPS only",
            Types.App, "properties.httpsOnly", "true"),
        Rule.Each("the app needs TLS 1.2",
            Types.App, app => app.Text("properties.siteConfig.minTlsVersion") is "1.2" or "1.3"),
        Rule.Each("publishing needs TLS 1.2",
            Types.App, app => app.Text("properties.siteConfig.scmMinTlsVersion") is "1.2" or "1.3"),
        Rule.Holds("the app has its own identity and no other", deployment =>
            deployment.App.Text("identity.type") == "UserAssigned"
            && deployment.App.Keys("identity.userAssignedIdentities").SequenceEqual([deployment.Identity.Id])),
        Rule.Each("the package is read by identity",
            Types.App, "properties.functionAppConfig.deployment.storage.authentication.type", "UserAssignedIdentity"),
        Rule.Holds("the host reaches storage by identity", deployment =>
            IsByIdentity(deployment, "AzureWebJobsStorage")),
        Rule.Holds("the app reaches the trail by identity", deployment =>
            IsByIdentity(deployment, "Audit")),
        Rule.Holds("the app has no homepage", deployment =>
            deployment.Settings.GetValueOrDefault("AzureWebJobsDisableHomepage") == "true"),
        Rule.Holds("CORS knows the site's origin only", deployment =>
            deployment.App.List("properties.siteConfig.cors.allowedOrigins")
                .Select(origin => origin.GetString())
                .SequenceEqual([Origin(deployment)])),
        Rule.Each("CORS takes no cookies",
            Types.App, "properties.siteConfig.cors.supportCredentials", "false"),
        Rule.Holds("the app links to the site's origin", deployment =>
            deployment.Settings["Site__Url"] == Origin(deployment)),
        Rule.Each("the site has one origin",
            Types.Site, "properties.stagingEnvironmentPolicy", "Disabled"),
        Rule.Each("nobody publishes by password",
            Types.PublishingPolicy, "properties.allow", "false"),
        Rule.Holds("both doors for passwords are shut", deployment =>
            deployment.All(Types.PublishingPolicy)
                .Select(policy => policy.Name.Split('/')[^1])
                .Order()
                .SequenceEqual(["ftp", "scm"])),
        Rule.Holds("nothing that Flex forbids is set", deployment =>
            !deployment.Settings.Keys.Any(name => Array.Exists(ForbiddenSettings, name.StartsWith))
            && !Array.Exists(ForbiddenProperties, name => deployment.App.Has($"properties.siteConfig.{name}"))),
        Rule.Holds("app settings hold no secret", deployment =>
            !deployment.Settings.Any(setting => LooksSecret(setting.Key, setting.Value))),
        Rule.Holds("outputs hold no secret", deployment =>
            !deployment.Outputs.Any(output => LooksSecret(output.Key, output.Value))),
    ];

    private static string Origin(Deployment deployment)
    {
        var version = deployment.Site.Text("apiVersion");
        return $"[format('https://{{0}}', reference('{deployment.Site.Id}', '{version}').defaultHostname)]";
    }

    private static bool IsByIdentity(Deployment deployment, string connection) =>
        deployment.Settings.GetValueOrDefault($"{connection}__credential") == "managedidentity"
        && deployment.IsIdentity(deployment.Settings.GetValueOrDefault($"{connection}__clientId"))
        && !deployment.Settings.ContainsKey(connection);

    /// <summary>With local authentication off, this connection string only says where telemetry goes.</summary>
    private static bool LooksSecret(string name, string value) =>
        SecretValue().IsMatch(value)
        || (SecretName().IsMatch(name) && name != "APPLICATIONINSIGHTS_CONNECTION_STRING");

    [GeneratedRegex(@"\blist[A-Z]\w*\(|AccountKey=|SharedAccess|[?&]sig=|-----BEGIN", RegexOptions.IgnoreCase)]
    private static partial Regex SecretValue();

    [GeneratedRegex("^Secrets__|(Secret|Key|Password|Token|Connection_?String)$", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();
}
