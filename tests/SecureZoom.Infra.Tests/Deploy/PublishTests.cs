using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using SecureZoom.Sandbox;
using SecureZoom.Sandbox.Identity;
using Xunit;

namespace SecureZoom.Infra.Tests;

/// <summary>What is deployed, by publishing it and by running what was published.</summary>
public sealed class PublishTests(PublishedApp app) : IClassFixture<PublishedApp>, IDisposable
{
    /// <summary>x64, with .NET's mark for code that was compiled for Linux.</summary>
    private const Machine LinuxX64 = (Machine)((ushort)Machine.Amd64 ^ 0x7B79);

    /// <summary>The worker's packages, each in the version that the local host has been tried with.</summary>
    private static IEnumerable<string> WorkerPackages =>
        from package in XDocument.Load(Repository.PathOf("Directory.Packages.props")).Descendants("PackageVersion")
        let name = (string)package.Attribute("Include")!
        where name.StartsWith("Microsoft.Azure.Functions.Worker", StringComparison.Ordinal) && name != "Microsoft.Azure.Functions.Worker.Sdk"
        select $"{name}/{(string)package.Attribute("Version")!}";

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("securezoom-published-data-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public void It_is_the_genuine_worker_and_nothing_of_the_local_host_or_the_sandbox()
    {
        var libraries = Read("SecureZoom.Functions.deps.json").GetProperty("libraries").EnumerateObject().Select(library => library.Name).ToHashSet();
        Assert.NotEmpty(WorkerPackages);
        Assert.Superset(WorkerPackages.ToHashSet(), libraries);
        Assert.Equal(
            ["SecureZoom.Functions", "SecureZoom.Functions.deps.json", "SecureZoom.Functions.dll", "SecureZoom.Functions.pdb",
                "SecureZoom.Functions.runtimeconfig.json", "SecureZoom.Verification.dll", "SecureZoom.Verification.pdb"],
            Directory.EnumerateFiles(app.Folder, "SecureZoom*", SearchOption.AllDirectories).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_host_finds_what_it_looks_for()
    {
        var worker = Read("worker.config.json").GetProperty("description");
        Assert.Equal("SecureZoom.Functions.dll", worker.GetProperty("defaultWorkerPath").GetString());
        Assert.True(Read("host.json").TryGetProperty("telemetryMode", out _));
        Assert.Equal(2_000_000, Read("SecureZoom.Functions.runtimeconfig.json").GetProperty("runtimeOptions").GetProperty("configProperties").GetProperty("System.GC.LOHThreshold").GetInt32());
        Assert.Contains(Read("functions.metadata").EnumerateArray(), function => function.GetProperty("name").GetString() == "signature");
        Assert.NotEmpty(Directory.EnumerateFiles(Path.Combine(app.Folder, ".azurefunctions"), "*.dll"));
    }

    [Fact]
    public void Nobody_s_own_settings_are_in_it() =>
        Assert.Empty(Directory.EnumerateFiles(app.Folder, "local.settings.json", SearchOption.AllDirectories));

    [Theory]
    [InlineData("SecureZoom.Functions.dll")]
    [InlineData("Microsoft.Azure.Functions.Worker.Core.dll")]
    [InlineData("Azure.Data.Tables.dll")]
    public void It_is_compiled_ahead_for_the_instances(string assembly)
    {
        using var file = new PEReader(File.OpenRead(Path.Combine(app.Folder, assembly)));
        Assert.Equal(LinuxX64, file.PEHeaders.CoffHeader.Machine);
        Assert.NotEqual(0, file.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size);
    }

    [Fact]
    public async Task What_was_published_signs()
    {
        await using var sandbox = await SandboxHost.StartAsync(
            new SandboxOptions
            {
                AppPort = 0,
                IdentityPort = 0,
                ZoomPort = 0,
                SitePort = 0,
                BlobPort = 0,
                QueuePort = 0,
                TablePort = 0,
                Data = _data.FullName,
                PublishedApp = app.Folder,
            },
            _ => { },
            Cancellation);
        using var http = new HttpClient { BaseAddress = sandbox.AppAddress };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", sandbox.Identity.MintToken(Accounts.Carol));
        var meeting = await PostAsync(http, "meetings", new JsonObject { ["topic"] = "Published" });
        var answer = await PostAsync(http, "signature", new JsonObject { ["meetingNumber"] = (long)meeting["id"]! });
        Assert.Equal(3, ((string)answer["signature"]!).Split('.').Length);
    }

    private static async Task<JsonObject> PostAsync(HttpClient http, string path, JsonObject body)
    {
        using var content = JsonContent.Create(body);
        using var response = await http.PostAsync(new Uri(path, UriKind.Relative), content, Cancellation);
        Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created, $"{response.StatusCode}");
        return (await response.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!;
    }

    private JsonElement Read(string file) => JsonSerializer.Deserialize<JsonElement>(File.ReadAllBytes(Path.Combine(app.Folder, file)));
}
