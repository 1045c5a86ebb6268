using System.Diagnostics;
using System.Net;
using SecureZoom.Sandbox.Hosting;

namespace SecureZoom.Sandbox.Tests;

/// <summary><c>SECUREZOOM_HOST=func</c>: Core Tools run the same build.</summary>
public sealed class CoreToolsTests : IDisposable
{
    private static readonly string[] Parts = ["APP", "IDENTITY", "ZOOM", "SITE", "BLOB", "QUEUE", "TABLE"];

    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(90);

    private static readonly string[] Needed = ["dotnet", "node"];

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A stand-in for <c>func</c>, which hosts what it finds in its folder by the local host.</summary>
    /// <remarks>No script of a shell: those lose settings whose names are none of a variable.</remarks>
    private static string Func => $$"""
        #!{{Find("node")}}
        const [, , ...args] = process.argv;
        console.log(`func ${args.join(" ")} in ${process.cwd()}`);
        const host = require("node:child_process").spawn(
          "dotnet", ["{{FunctionApp.Built("SecureZoom.LocalHost")}}/SecureZoom.LocalHost.dll", process.cwd(), "--port", args[3], "--cors", args[5]],
          { stdio: ["ignore", "inherit", "inherit"] });
        host.on("exit", (code) => process.exit(code));
        process.stdin.on("end", () => host.kill()).resume();
        """;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_built_app_runs_on_Core_Tools_with_the_sandbox_s_settings()
    {
        var tools = Tools();
        await File.WriteAllTextAsync(tools.File("func"), Func, Cancellation);
        using (var chmod = Process.Start("chmod", ["+x", tools.File("func")]))
        {
            await chmod.WaitForExitAsync(Cancellation);
        }

        await using var sandbox = Start(tools.Path, out var port);
        await sandbox.WhenReadyAsync(
            "The sandbox", _ => Task.FromResult(sandbox.Output.Contains("SecureZoom is ready", StringComparison.Ordinal)), StartTime, Cancellation);

        var start = Assert.Single(sandbox.Output.Split(Environment.NewLine), line => line.StartsWith("func ", StringComparison.Ordinal));
        Assert.StartsWith($"func start --no-build --port {port} --cors http://localhost:", start, StringComparison.Ordinal);
        Assert.Contains("/functions/SecureZoom.Functions/bin/", start, StringComparison.Ordinal);
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri($"http://localhost:{port}/api/health"), Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var kill = Process.Start("kill", ["-TERM", $"{sandbox.Id}"]);
        Assert.Equal(0, await sandbox.Exited.WaitAsync(StartTime, Cancellation));
    }

    [Fact]
    public async Task Without_Core_Tools_it_says_what_is_missing()
    {
        await using var sandbox = Start(Tools().Path, out _);

        Assert.Equal(1, await sandbox.Exited.WaitAsync(StartTime, Cancellation));
        Assert.Contains("SECUREZOOM_HOST=func needs Azure Functions Core Tools 4 on the PATH.", sandbox.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(" at ", sandbox.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_that_somebody_else_runs_is_not_run_by_Core_Tools()
    {
        await using var sandbox = Start(Tools().Path, out _, app: "external");

        Assert.Equal(1, await sandbox.Exited.WaitAsync(StartTime, Cancellation));
        Assert.Equal(
            "SECUREZOOM_APP=external and SECUREZOOM_HOST=func exclude each other: either you run the app, or Core Tools do.", sandbox.Output);
    }

    /// <summary>All that the sandbox needs on its PATH, and no <c>func</c>.</summary>
    private (string Path, Func<string, string> File) Tools()
    {
        var tools = Directory.CreateDirectory(_folder.File("tools")).FullName;
        foreach (var name in Needed)
        {
            File.CreateSymbolicLink(Path.Combine(tools, name), Find(name));
        }

        return (tools, name => Path.Combine(tools, name));
    }

    private static string Find(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(folder => Path.Combine(folder, program)).First(File.Exists);

    private ChildProcess Start(string path, out int port, string? app = null)
    {
        var ports = FreePort.Find(Parts.Length);
        port = ports[0];
        var start = new ProcessStartInfo("dotnet", [typeof(SandboxHost).Assembly.Location])
        {
            Environment =
            {
                ["PATH"] = path, ["SECUREZOOM_HOST"] = "func", ["SECUREZOOM_APP"] = app, ["SECUREZOOM_DATA"] = _folder.File("data"),
            },
        };
        foreach (var (part, free) in Parts.Zip(ports))
        {
            start.Environment[$"SECUREZOOM_{part}_PORT"] = $"{free}";
        }

        return ChildProcess.Start(start);
    }
}
