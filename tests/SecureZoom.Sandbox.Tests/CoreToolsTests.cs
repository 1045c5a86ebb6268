using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace SecureZoom.Sandbox.Tests;

/// <summary><c>SECUREZOOM_HOST=func</c>: Core Tools run the same build.</summary>
public sealed class CoreToolsTests : IDisposable
{
    private static readonly string[] Parts = ["APP", "IDENTITY", "ZOOM", "SITE", "BLOB", "QUEUE", "TABLE"];

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

        using var sandbox = Start(tools.Path, out var port);
        var error = sandbox.StandardError.ReadToEndAsync(Cancellation);
        var said = new List<string>();
        while (!said.Contains("SecureZoom is ready") && await sandbox.StandardOutput.ReadLineAsync(Cancellation) is { } line)
        {
            said.Add(line);
        }

        Assert.True(said.Contains("SecureZoom is ready"), string.Join(Environment.NewLine, said) + (sandbox.HasExited ? await error : ""));
        var start = Assert.Single(said, line => line.StartsWith("func ", StringComparison.Ordinal));
        Assert.StartsWith($"func start --no-build --port {port} --cors http://localhost:", start, StringComparison.Ordinal);
        Assert.Contains("/functions/SecureZoom.Functions/bin/", start, StringComparison.Ordinal);
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri($"http://localhost:{port}/api/health"), Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var kill = Process.Start("kill", ["-TERM", $"{sandbox.Id}"]);
        await sandbox.StandardOutput.ReadToEndAsync(Cancellation);
        await sandbox.WaitForExitAsync(Cancellation);
        Assert.Equal(0, sandbox.ExitCode);
    }

    [Fact]
    public async Task Without_Core_Tools_it_says_what_is_missing()
    {
        using var sandbox = Start(Tools().Path, out _);
        var output = sandbox.StandardOutput.ReadToEndAsync(Cancellation);
        var error = await sandbox.StandardError.ReadToEndAsync(Cancellation);
        await sandbox.WaitForExitAsync(Cancellation);

        Assert.Equal(1, sandbox.ExitCode);
        Assert.StartsWith("SECUREZOOM_HOST=func needs Azure Functions Core Tools 4 on the PATH.", error, StringComparison.Ordinal);
        Assert.DoesNotContain(" at ", await output + error, StringComparison.Ordinal);
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

    private Process Start(string path, out int port)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(SandboxHost).Assembly.Location])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        (start.Environment["PATH"], start.Environment["SECUREZOOM_HOST"], start.Environment["SECUREZOOM_DATA"]) = (path, "func", _folder.File("data"));
        var ports = FreePorts(Parts.Length);
        port = ports[0];
        foreach (var (part, free) in Parts.Zip(ports))
        {
            start.Environment[$"SECUREZOOM_{part}_PORT"] = $"{free}";
        }

        return Process.Start(start)!;
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        listeners.ForEach(listener => listener.Dispose());
        return ports;
    }
}
