using System.Text.Json;
using Xunit;

namespace SecureZoom.Infra.Tests;

/// <summary>
/// What is published is the app for the Functions host. Its packages cannot be restored everywhere, so the project is evaluated.
/// </summary>
public sealed class PublishTests(PublishedProject project) : IClassFixture<PublishedProject>
{
    /// <summary>The worker's packages, each in the version whose public API the local host keeps to.</summary>
    private static readonly string[] WorkerPackages =
    [
        "Microsoft.Azure.Functions.Worker 2.52.0",
        "Microsoft.Azure.Functions.Worker.Extensions.Http 3.3.0",
        "Microsoft.Azure.Functions.Worker.Extensions.Http.AspNetCore 2.1.1",
        "Microsoft.Azure.Functions.Worker.Extensions.Storage.Queues 5.5.5",
        "Microsoft.Azure.Functions.Worker.Extensions.Timer 4.3.1",
        "Microsoft.Azure.Functions.Worker.Sdk 2.1.0",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task For_Azure_the_real_packages_stand_in_the_local_host_s_place()
    {
        var local = await project.EvaluateAsync(Cancellation, "-p:FunctionsHost=Local");

        var versions = Items(project.ForAzure, "PackageVersion").ToDictionary(Name, package => package.GetProperty("Version").GetString());
        Assert.Equal(
            WorkerPackages,
            Items(project.ForAzure, "PackageReference").Select(Name).Except(Items(local, "PackageReference").Select(Name))
                .Select(name => $"{name} {versions[name]}")
                .Order(StringComparer.Ordinal));
        Assert.Equal(["SecureZoom.Verification"], Projects(project.ForAzure));
        Assert.Equal(["SecureZoom.LocalHost", "SecureZoom.Verification"], Projects(local));
    }

    [Fact]
    public async Task Publishing_chooses_Azure_compiled_ahead_for_its_instances()
    {
        var published = await project.EvaluateAsync(Cancellation, "-p:_IsPublishing=true");

        var properties = published.GetProperty("Properties");
        Assert.Equal("Azure", properties.GetProperty("FunctionsHost").GetString());
        Assert.Equal("linux-x64", properties.GetProperty("RuntimeIdentifier").GetString());
        Assert.Equal("true", properties.GetProperty("PublishReadyToRun").GetString());
        Assert.Equal("false", properties.GetProperty("SelfContained").GetString());
    }

    [Fact]
    public void Puts_host_json_at_the_root_and_nobody_s_own_settings_anywhere()
    {
        var files = Items(project.ForAzure, "None");

        var host = Assert.Single(files, file => Name(file).EndsWith("host.json", StringComparison.Ordinal));
        Assert.Equal(("host.json", "PreserveNewest"), (Text(host, "Link"), Text(host, "CopyToOutputDirectory")));
        var settings = Assert.Single(files, file => Name(file) == "local.settings.json");
        Assert.Equal(("Never", "Never"), (Text(settings, "CopyToOutputDirectory"), Text(settings, "CopyToPublishDirectory")));
    }

    [Fact]
    public async Task The_local_host_is_never_published()
    {
        var (code, output) = await project.RunAsync(Cancellation, "-t:PrepareForPublish", "-p:FunctionsHost=Local");

        Assert.NotEqual(0, code);
        Assert.Contains("Only the app for Azure is published", output, StringComparison.Ordinal);
    }

    private static List<JsonElement> Items(JsonElement project, string type) =>
        [.. project.GetProperty("Items").GetProperty(type).EnumerateArray()];

    private static IEnumerable<string> Projects(JsonElement project) =>
        Items(project, "ProjectReference").Select(reference => Text(reference, "Filename")).Order(StringComparer.Ordinal);

    private static string Name(JsonElement item) => Text(item, "Identity");

    private static string Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) ? value.GetString()! : "";
}
