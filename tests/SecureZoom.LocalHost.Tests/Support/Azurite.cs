using System.Diagnostics;
using System.Text.RegularExpressions;
using Azure.Storage.Queues;

namespace SecureZoom.LocalHost.Tests.Support;

/// <summary>The queue service of Azurite as a child process, with its data in memory.</summary>
public sealed partial class Azurite : IAsyncLifetime
{
    private const string Home = "functions/SecureZoom.Sandbox/azurite";
    private const string Program = "node_modules/.bin/azurite-queue";

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
        var home = Find();
        _process = Process.Start(new ProcessStartInfo("node",
        [
            "--require", Path.Combine(home, "parent.cjs"), Path.Combine(home, Program), "--queueHost", "127.0.0.1", "--queuePort", $"{Port}",
            "--inMemoryPersistence", "--silent", "--skipApiVersionCheck", "--disableTelemetry",
        ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
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

    /// <summary>Lets time pass for it alone: hidden messages become visible.</summary>
    public Task AdvanceAsync(TimeSpan time) => _process!.StandardInput.WriteLineAsync($"advance {(long)time.TotalMilliseconds}");

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
                var home = Path.Combine(folder.FullName, Home);
                return File.Exists(Path.Combine(home, Program)) ? home : throw new InvalidOperationException(
                    $"Azurite is missing: run 'npm ci --ignore-scripts' in {Home}.");
            }
        }

        throw new InvalidOperationException("The tests do not run inside the repository.");
    }

    [GeneratedRegex(@"successfully listens on http://127\.0\.0\.1:(\d+)")]
    private static partial Regex Listening();
}
