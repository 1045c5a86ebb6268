using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SecureZoom.Infra.Tests;
using Xunit;

[assembly: AssemblyFixture(typeof(Bicep))]

namespace SecureZoom.Infra.Tests;

/// <summary>The Bicep CLI as one server for the whole run: its start costs seconds, a call does not.</summary>
public sealed class Bicep : IDisposable
{
    private readonly Process _process;
    private readonly SemaphoreSlim _turn = new(1);
    private int _lastId;

    public Bicep()
    {
        var start = new ProcessStartInfo(Metadata("BicepPath"), ["jsonrpc", "--stdio"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in Infra.ExampleEnvironment())
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start) ?? throw new InvalidOperationException("Bicep did not start.");
    }

    /// <summary>The diagnostics of every rule and level, one line each; empty for a clean file.</summary>
    internal async Task<IReadOnlyList<string>> DiagnoseAsync(string file, CancellationToken cancellation)
    {
        var method = file.EndsWith(".bicepparam", StringComparison.Ordinal) ? "bicep/compileParams" : "bicep/compile";
        var arguments = new JsonObject { ["path"] = file, ["parameterOverrides"] = new JsonObject() };
        var result = await CallAsync(method, arguments, cancellation);
        return [.. result.GetProperty("diagnostics").EnumerateArray().Select(Describe)];

        static string Describe(JsonElement found) => string.Join(
            ": ",
            Path.GetFileName(found.GetProperty("source").GetString()),
            found.GetProperty("code"),
            found.GetProperty("message"));
    }

    /// <summary>The text as <c>bicep format</c> would write it.</summary>
    internal async Task<string> FormatAsync(string file, CancellationToken cancellation)
    {
        var result = await CallAsync("bicep/format", new JsonObject { ["path"] = file }, cancellation);
        return result.GetProperty("contents").GetString()!;
    }

    /// <summary>What a parameter file would deploy, resolved as far as it can be without Azure.</summary>
    internal async Task<Deployment> ResolveAsync(string parameterFile, CancellationToken cancellation)
    {
        var arguments = new JsonObject
        {
            ["path"] = parameterFile,
            ["metadata"] = new JsonObject
            {
                ["tenantId"] = "00000000-0000-0000-0000-000000000001",
                ["subscriptionId"] = "00000000-0000-0000-0000-000000000002",
                ["resourceGroup"] = "securezoom",
                ["location"] = "westeurope",
                ["deploymentName"] = "main",
            },
        };
        var result = await CallAsync("bicep/getSnapshot", arguments, cancellation);
        return Deployment.Parse(result.GetProperty("snapshot").GetString()!);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
        _turn.Dispose();
    }

    internal static string Metadata(string key) =>
        typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == key).Value!;

    private async Task<JsonElement> CallAsync(string method, JsonObject arguments, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            var request = new JsonObject
            {
                ["jsonrpc"] = "2.0",
                ["id"] = ++_lastId,
                ["method"] = method,
                ["params"] = arguments,
            };
            await SendAsync(request, cancellation);
            var answer = await ReceiveAsync(cancellation);
            return answer.TryGetProperty("error", out var error)
                ? throw new BicepException(error.GetProperty("message").GetString()!)
                : answer.GetProperty("result");
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task SendAsync(JsonObject message, CancellationToken cancellation)
    {
        var body = Encoding.UTF8.GetBytes(message.ToJsonString());
        var stream = _process.StandardInput.BaseStream;
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"Content-Length: {body.Length}\r\n\r\n"), cancellation);
        await stream.WriteAsync(body, cancellation);
        await stream.FlushAsync(cancellation);
    }

    private async Task<JsonElement> ReceiveAsync(CancellationToken cancellation)
    {
        var stream = _process.StandardOutput.BaseStream;
        var length = 0;
        while (await ReadLineAsync(stream, cancellation) is { Length: > 0 } header)
        {
            if (header.Split(':', 2) is ["Content-Length", var value])
            {
                length = int.Parse(value, CultureInfo.InvariantCulture);
            }
        }

        var body = new byte[length];
        await stream.ReadExactlyAsync(body, cancellation);
        return JsonSerializer.Deserialize<JsonElement>(body);
    }

    private static async Task<string> ReadLineAsync(Stream stream, CancellationToken cancellation)
    {
        var line = new StringBuilder();
        var next = new byte[1];
        while (await stream.ReadAsync(next, cancellation) == 1 && next[0] != '\n')
        {
            line.Append((char)next[0]);
        }

        return line.ToString().TrimEnd('\r');
    }
}
