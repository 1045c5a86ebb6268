using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker.Builder;
using SecureZoom.Functions;
using SecureZoom.Functions.Settings;
using Xunit;

namespace SecureZoom.Infra.Tests;

/// <summary>The app, composed from the deployed settings: it starts, each of them is read, and what it misses may be missing.</summary>
public sealed partial class SettingsTests(Bicep bicep) : IAsyncLifetime
{
    /// <summary>What the Functions host reads, and for what.</summary>
    private static readonly Dictionary<string, string> OfTheHost = new()
    {
        ["AzureWebJobsDisableHomepage"] = "That a page of Azure's stands at the root.",
        ["AzureWebJobsStorage:credential"] = "Its own storage, by identity.",
        ["AzureWebJobsStorage:clientId"] = "Which identity.",
        ["AzureWebJobsStorage:blobServiceUri"] = "Where its locks are.",
        ["APPLICATIONINSIGHTS_CONNECTION_STRING"] = "Where telemetry goes, its own and the worker's.",
        ["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"] = "By which identity telemetry goes there.",
    };

    /// <summary>What the app reads and the template leaves out, and why.</summary>
    private static readonly Dictionary<string, string> Optional = new()
    {
        ["Audit"] = "A connection string is for a developer's machine.",
        ["Http:ForwardedHops"] = "In Azure the default is its one front end.",
        ["Identity:Claims:Organization"] = "The defaults are the names that infra/auth0 writes.",
        ["Identity:Claims:OrganizationName"] = "As above.",
        ["Identity:Claims:OrganizationDomains"] = "As above.",
        ["Identity:Claims:Groups"] = "As above.",
        ["Identity:Claims:Department"] = "As above.",
        ["Identity:Claims:Email"] = "As above.",
        ["Identity:Claims:EmailVerified"] = "As above.",
        ["Identity:Claims:Name"] = "As above.",
        ["Identity:MaxTokenLifetime"] = "A day is the default, and infra/auth0 makes tokens that live an hour.",
        ["IdentityEvents:#:ManagementDomain"] = "Auth0's own domain is asked for where Auth0:Domain is a custom one.",
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "Telemetry goes to Application Insights; a collector is for other places.",
        ["Signature:MaxExpirationSeconds"] = "Two hours are the default and the most that we want.",
        ["WEBSITE_SITE_NAME"] = "Azure sets it itself.",
        ["Webhook:ToleranceAhead"] = "The default is as wide as Zoom's retries need.",
        ["Webhook:ToleranceBack"] = "As above.",
        ["Zoom:ApiBaseUrl"] = "Zoom's own.",
        ["Zoom:OAuthUrl"] = "Zoom's own.",
    };

    private Dictionary<string, string> _deployed = [];
    private RecordingSettings _settings = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Composes the app from the settings of a deployment that leaves nothing out.</summary>
    public async ValueTask InitializeAsync()
    {
        using var copy = new TemplateCopy();
        copy.Rewrite(Infra.ParameterFile, text =>
            text.Replace("""'["*"]'""", """'["org_acme"]'""", StringComparison.Ordinal)
                .Replace("'ISSUERS', '[]'", """'ISSUERS', '[{"issuer":"https://okta.example/","audience":"api","organizations":["org_globex"]}]'""", StringComparison.Ordinal)
                .Replace("'AUDIT_RETAIN_FOR', ''", "'AUDIT_RETAIN_FOR', '730.00:00:00'", StringComparison.Ordinal)
                .Replace("'PERMISSION_GROUPS', '[]'", """'PERMISSION_GROUPS', '[{"name":"board","permissions":["meetings:join"]}]'""", StringComparison.Ordinal));
        var deployment = await bicep.ResolveAsync(copy.PathOf(Infra.ParameterFile), Cancellation);
        _deployed = deployment.Settings.ToDictionary(
            setting => setting.Key.Replace("__", ":", StringComparison.Ordinal),
            setting => Known(setting.Value));
        _settings = new RecordingSettings(_deployed);
        Compose(_settings);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void Each_deployed_setting_is_read() =>
        Assert.Empty(Names(_deployed.Keys).Except(Names(_settings.Read)).Except(OfTheHost.Keys));

    [Fact]
    public void Each_setting_that_the_app_reads_is_deployed_or_may_be_missing() =>
        Assert.Equal(Optional.Keys.Order(), Names(_settings.Read).Except(Names(_deployed.Keys)).Order());

    [Fact]
    public void Each_setting_of_the_host_is_deployed() => Assert.Empty(OfTheHost.Keys.Except(_deployed.Keys));

    [Fact]
    public void Without_one_that_it_needs_the_app_does_not_start()
    {
        string[] needed =
        [
            "Audit:queueServiceUri", "Audit:tableServiceUri", "Audit:blobServiceUri", "Auth0:Domain", "Auth0:Audience", "Auth0:Organizations:0",
            "Site:Url", "Zoom:Accounts:0:AccountId", "Zoom:Accounts:0:ClientId", "Zoom:Accounts:0:SdkClientId", "Zoom:Accounts:0:Organizations:0",
        ];

        Assert.All(needed, name => Assert.Throws<SettingsException>(() =>
            Compose(new RecordingSettings(_deployed.Where(setting => setting.Key != name).ToDictionary()))));
    }

    private static void Compose(RecordingSettings settings)
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        ((Microsoft.Extensions.Configuration.IConfigurationBuilder)builder.Configuration).Add(settings);
        // The local host has asked for its own by now.
        settings.Read.Clear();
        builder.AddSecureZoom();
    }

    /// <summary>Names with <c>#</c> for a number. A list that is numbered is not one value.</summary>
    private static HashSet<string> Names(IEnumerable<string> settings)
    {
        var names = settings.Select(name => Index().Replace(name, ":#")).ToHashSet();
        names.RemoveWhere(name => names.Contains($"{name}:#"));
        return names;
    }

    /// <summary>A snapshot does not know what Azure will say; the app takes an address for what ought to be one.</summary>
    private static string Known(string value) => value.StartsWith('[') ? "https://resolved.example" : value;

    [GeneratedRegex(@":\d+")]
    private static partial Regex Index();
}
