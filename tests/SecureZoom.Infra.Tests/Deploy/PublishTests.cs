using System.Text.Json;
using Xunit;

namespace SecureZoom.Infra.Tests;

/// <summary>What is published, by the evaluation of the project.</summary>
public sealed class PublishTests(PublishedProject project) : IClassFixture<PublishedProject>
{
    /// <summary>The worker's packages, each in the version that the local host has been tried with.</summary>
    private static readonly string[] WorkerPackages =
    [
        "Microsoft.Azure.Functions.Worker 2.52.0",
        "Microsoft.Azure.Functions.Worker.Extensions.Http 3.3.0",
        "Microsoft.Azure.Functions.Worker.Extensions.Http.AspNetCore 2.1.1",
        "Microsoft.Azure.Functions.Worker.Extensions.Storage.Queues 5.5.5",
        "Microsoft.Azure.Functions.Worker.Extensions.Timer 4.3.1",
        "Microsoft.Azure.Functions.Worker.Sdk 2.1.0",
    ];

    [Fact]
    public void It_is_the_genuine_worker_and_nothing_of_the_local_host()
    {
        var versions = Items(project.Published, "PackageVersion").ToDictionary(Name, package => package.GetProperty("Version").GetString());
        Assert.Equal(
            WorkerPackages,
            Items(project.Published, "PackageReference").Select(Name)
                .Where(name => name.StartsWith("Microsoft.Azure.Functions.Worker", StringComparison.Ordinal))
                .Select(name => $"{name} {versions[name]}")
                .Order(StringComparer.Ordinal));
        Assert.Equal(["SecureZoom.Verification"], Projects(project.Published));
    }

    [Fact]
    public void It_is_compiled_ahead_for_the_instances()
    {
        var properties = project.Published.GetProperty("Properties");
        Assert.Equal("linux-x64", properties.GetProperty("RuntimeIdentifier").GetString());
        Assert.Equal("true", properties.GetProperty("PublishReadyToRun").GetString());
        Assert.Equal("false", properties.GetProperty("SelfContained").GetString());
    }

    [Fact]
    public void Puts_host_json_at_the_root_and_nobody_s_own_settings_anywhere()
    {
        var files = Items(project.Published, "None");

        var host = Assert.Single(files, file => Name(file).EndsWith("host.json", StringComparison.Ordinal));
        Assert.Equal(("host.json", "PreserveNewest"), (Text(host, "Link"), Text(host, "CopyToOutputDirectory")));
        var settings = Assert.Single(files, file => Name(file) == "local.settings.json");
        Assert.Equal(("Never", "Never"), (Text(settings, "CopyToOutputDirectory"), Text(settings, "CopyToPublishDirectory")));
    }

    private static List<JsonElement> Items(JsonElement project, string type) =>
        [.. project.GetProperty("Items").GetProperty(type).EnumerateArray()];

    private static IEnumerable<string> Projects(JsonElement project) =>
        Items(project, "ProjectReference").Select(reference => Text(reference, "Filename")).Order(StringComparer.Ordinal);

    private static string Name(JsonElement item) => Text(item, "Identity");

    private static string Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) ? value.GetString()! : "";
}
