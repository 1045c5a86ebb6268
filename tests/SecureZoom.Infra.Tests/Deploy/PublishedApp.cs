using System.Diagnostics;
using Xunit;

namespace SecureZoom.Infra.Tests;

/// <summary>The app as <c>dotnet publish</c> leaves it, from a copy of its sources in which somebody's own settings lie.</summary>
public sealed class PublishedApp : IAsyncLifetime
{
    private const string Project = "functions/SecureZoom.Functions";

    private static readonly string[] Sources =
        [".editorconfig", "Directory.Build.props", "Directory.Packages.props", "global.json", "host.json", Project, "functions/SecureZoom.Verification"];

    private readonly DirectoryInfo _copy = Directory.CreateTempSubdirectory("securezoom-published-");

    /// <summary>What is deployed.</summary>
    public string Folder => Path.Combine(_copy.FullName, "published");

    public async ValueTask InitializeAsync()
    {
        foreach (var source in Sources)
        {
            Copy(Repository.PathOf(source), Path.Combine(_copy.FullName, source));
        }

        await File.WriteAllTextAsync(Path.Combine(_copy.FullName, Project, "local.settings.json"), "{}", TestContext.Current.CancellationToken);
        // What the analyzers say is known from the build.
        var start = new ProcessStartInfo("dotnet", ["publish", Project, "-o", Folder, "-nodeReuse:false", "-p:RunAnalyzers=false"])
        {
            WorkingDirectory = _copy.FullName,
            RedirectStandardOutput = true,
            Environment = { ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1" },
        };
        // The test runner's own MSBuild is none of the project's concern.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output);
    }

    public ValueTask DisposeAsync()
    {
        _copy.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private static void Copy(string from, string to)
    {
        if (File.Exists(from))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(from, to);
            return;
        }

        foreach (var entry in Directory.EnumerateFileSystemEntries(from))
        {
            if (Path.GetFileName(entry) is not ("bin" or "obj"))
            {
                Copy(entry, Path.Combine(to, Path.GetFileName(entry)));
            }
        }
    }
}
