using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using SecureZoom.Sandbox;
using SecureZoom.Sandbox.Hosting;

namespace SecureZoom.EndToEnd.Tests;

/// <summary>What the README promises: <c>script/server</c> runs everything, and its curl lines work as written.</summary>
public sealed partial class NewcomerTests
{
    private const int Terminate = 15;

    private static readonly string[] Variables =
    [
        "SECUREZOOM_APP_PORT", "SECUREZOOM_IDENTITY_PORT", "SECUREZOOM_ZOOM_PORT", "SECUREZOOM_SITE_PORT", "SECUREZOOM_BLOB_PORT",
        "SECUREZOOM_QUEUE_PORT", "SECUREZOOM_TABLE_PORT",
    ];

    [Fact]
    public async Task The_server_script_runs_all_parts_the_README_s_calls_work_and_SIGTERM_ends_every_part()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var data = Directory.CreateTempSubdirectory("securezoom-");
        var ports = FreePort.Find(Variables.Length);
        var start = Script("bash", "script/server");
        start.Environment["SECUREZOOM_DATA"] = data.FullName;
        foreach (var (variable, port) in Variables.Zip(ports))
        {
            start.Environment[variable] = $"{port}";
        }

        using var server = Process.Start(start)!;
        try
        {
            await WhenReadyAsync(server, cancellationToken);
            var output = await RunAsync(ReadmeCalls(ports[0], ports[1]), cancellationToken);
            Assert.Contains("\"role\": 1", output, StringComparison.Ordinal);
            Assert.Contains("\"zak\": true", output, StringComparison.Ordinal);
            Assert.Contains("\"role\": 0", output, StringComparison.Ordinal);
            Assert.Contains("\"code\": \"meeting_not_found\"", output, StringComparison.Ordinal);
            Assert.Contains(
                "Carol Clark from IT (Acme Corp) created a 60-minute meeting with recording enabled at", output, StringComparison.Ordinal);
        }
        finally
        {
            Assert.Equal(0, Kill(server.Id, Terminate));
            await server.WaitForExitAsync(cancellationToken);
        }

        Assert.Equal(0, server.ExitCode);
        Assert.All(ports, port => Assert.False(IsListening(port), $"Somebody still listens on {port}."));
        data.Delete(recursive: true);
    }

    /// <summary>Reads the output up to the line that says so; what follows is read and dropped, so that nobody waits for a full pipe.</summary>
    private static async Task WhenReadyAsync(Process server, CancellationToken cancellationToken)
    {
        var lines = Channel.CreateUnbounded<string>();
        server.OutputDataReceived += (_, line) => _ = line.Data is null ? lines.Writer.TryComplete() : lines.Writer.TryWrite(line.Data);
        server.ErrorDataReceived += (_, line) => _ = line.Data is not null && lines.Writer.TryWrite(line.Data);
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        var seen = new List<string>();
        await foreach (var line in lines.Reader.ReadAllAsync(cancellationToken))
        {
            if (line.StartsWith("SecureZoom is ready", StringComparison.Ordinal))
            {
                return;
            }

            seen.Add(line);
        }

        Assert.Fail($"script/server ended early:\n{string.Join('\n', seen)}");
    }

    private static string ReadmeCalls(int appPort, int identityPort)
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        var section = readme[readme.IndexOf("## The same by curl", StringComparison.Ordinal)..];
        section = section[..section.IndexOf("## The tree", StringComparison.Ordinal)];
        return string.Join('\n', ShellBlock().Matches(section).Select(block => block.Groups[1].Value))
            .Replace("localhost:7071", $"localhost:{appPort}", StringComparison.Ordinal)
            .Replace("localhost:7072", $"localhost:{identityPort}", StringComparison.Ordinal);
    }

    private static async Task<string> RunAsync(string script, CancellationToken cancellationToken)
    {
        using var shell = Process.Start(Script("bash", "-euo", "pipefail", "-c", script))!;
        var output = shell.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = shell.StandardError.ReadToEndAsync(cancellationToken);
        await shell.WaitForExitAsync(cancellationToken);
        Assert.True(shell.ExitCode == 0, $"{await output}\n{await errors}");
        return await output;
    }

    private static ProcessStartInfo Script(string command, params string[] arguments) => new(command, arguments)
    {
        WorkingDirectory = Repository.Root,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };

    private static bool IsListening(int port)
    {
        try
        {
            using var client = new TcpClient("localhost", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex ShellBlock();

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
