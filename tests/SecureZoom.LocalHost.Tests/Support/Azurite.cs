using System.Diagnostics;
using System.Text.RegularExpressions;
using Azure.Storage.Queues;

namespace SecureZoom.LocalHost.Tests.Support;

/// <summary>The queue service of Azurite as a child process, with its data in memory.</summary>
public sealed partial class Azurite : IAsyncLifetime
{
    private const string Program = "functions/SecureZoom.Sandbox/azurite/node_modules/.bin/azurite-queue";

    // The account that every Azurite has.
    private const string Account = "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey="
        + "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;";

    private Process? _process;

    /// <summary>0: any free one.</summary>
    public int Port { get; init; }

    public string ConnectionString { get; private set; } = "";

    public static string ConnectionStringFor(int port) => $"{Account}QueueEndpoint=http://127.0.0.1:{port}/devstoreaccount1;";

    public QueueClient Queue(string name, QueueMessageEncoding encoding = QueueMessageEncoding.Base64) =>
        new(ConnectionString, name, new QueueClientOptions { MessageEncoding = encoding });

    public async ValueTask InitializeAsync()
    {
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true };
        foreach (var argument in (string[])[
            Find(), "--queueHost", "127.0.0.1", "--queuePort", $"{Port}",
            "--inMemoryPersistence", "--silent", "--skipApiVersionCheck", "--disableTelemetry"])
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
        while (await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (Listening().Match(line) is { Success: true } match)
            {
                ConnectionString = ConnectionStringFor(int.Parse(match.Groups[1].ValueSpan));
                return;
            }
        }

        throw new InvalidOperationException("Azurite ended before it listened.");
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "global.json")))
            {
                var path = Path.Combine(folder.FullName, Program);
                return File.Exists(path) ? path : throw new InvalidOperationException(
                    $"{Program} is missing: run 'npm ci --ignore-scripts' in functions/SecureZoom.Sandbox/azurite.");
            }
        }

        throw new InvalidOperationException("The tests do not run inside the repository.");
    }

    [GeneratedRegex(@"successfully listens on http://127\.0\.0\.1:(\d+)")]
    private static partial Regex Listening();
}
