using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace SecureZoom.Infra.Tests;

/// <summary>
/// The app's project as MSBuild evaluates it, in a copy without sources: the packages of the Functions host need not be at hand, and a
/// file of one's own settings can lie there.
/// </summary>
public sealed class PublishedProject : IAsyncLifetime
{
    private const string File = "functions/SecureZoom.Functions/SecureZoom.Functions.csproj";

    private const string Properties = "-getProperty:RuntimeIdentifier,PublishReadyToRun,SelfContained";
    private const string Items = "-getItem:PackageReference,PackageVersion,ProjectReference,None";

    private static readonly string[] Needed =
    [
        "Directory.Build.props", "Directory.Packages.props", "global.json", "host.json", File,
        "functions/SecureZoom.Verification/SecureZoom.Verification.csproj",
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("securezoom-project-");

    public PublishedProject()
    {
        foreach (var file in Needed)
        {
            var copy = Path.Combine(_folder.FullName, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            System.IO.File.Copy(Repository.PathOf(file), copy);
        }

        System.IO.File.WriteAllText(Path.Combine(_folder.FullName, Path.GetDirectoryName(File)!, "local.settings.json"), "{}");
    }

    /// <summary>The evaluation as <c>dotnet publish</c> does it.</summary>
    internal JsonElement Published { get; private set; }

    public async ValueTask InitializeAsync() =>
        Published = await EvaluateAsync(TestContext.Current.CancellationToken, "-p:_IsPublishing=true");

    /// <summary>Properties and items by their names, as <c>dotnet msbuild</c> answers <c>-getProperty</c> and <c>-getItem</c>.</summary>
    internal async Task<JsonElement> EvaluateAsync(CancellationToken cancellation, params string[] arguments)
    {
        var (code, output) = await RunAsync(cancellation, [.. arguments, Properties, Items]);
        return code == 0
            ? JsonSerializer.Deserialize<JsonElement>(output)
            : throw new InvalidOperationException(output);
    }

    /// <summary>The exit code of <c>dotnet msbuild</c>, and what it said.</summary>
    internal async Task<(int Code, string Output)> RunAsync(CancellationToken cancellation, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["msbuild", File, "-nologo", "-nodeReuse:false", .. arguments])
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardOutput = true,
        };
        // The test runner's own MSBuild is none of the project's concern.
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, output);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
