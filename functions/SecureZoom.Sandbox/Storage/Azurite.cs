using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Azure.Storage.Queues;
using SecureZoom.Sandbox.Hosting;

namespace SecureZoom.Sandbox.Storage;

/// <summary>Azure Storage's emulator as a child process; it can be stopped and started again for an outage.</summary>
public sealed class Azurite : IAsyncDisposable
{
    private const string Account = "devstoreaccount1";

    // Public knowledge: the emulator's one account has this key everywhere.
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);

    private readonly AzuriteOptions _options;
    private ChildProcess? _process;

    private Azurite(AzuriteOptions options) => _options = options;

    /// <summary>Ends with the exit code of the process that runs now.</summary>
    public Task<int> Exited => _process?.Exited ?? Task.FromResult(0);

    /// <summary>The last lines of its output.</summary>
    public string Output => _process?.Output ?? "";

    /// <summary>What clients connect with; the same after a restart.</summary>
    public string ConnectionString =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};"
        + $"BlobEndpoint=http://127.0.0.1:{_options.BlobPort}/{Account};"
        + $"QueueEndpoint=http://127.0.0.1:{_options.QueuePort}/{Account};"
        + $"TableEndpoint=http://127.0.0.1:{_options.TablePort}/{Account};";

    /// <summary>Starts Azurite.</summary>
    /// <exception cref="SandboxException">A port is taken, or it is not installed, or it does not start.</exception>
    public static async Task<Azurite> StartAsync(AzuriteOptions options, CancellationToken cancellationToken)
    {
        var azurite = new Azurite(options with
        {
            BlobPort = new Port(options.BlobPort, "Azurite's blobs", "SECUREZOOM_BLOB_PORT").Claim(),
            QueuePort = new Port(options.QueuePort, "Azurite's queues", "SECUREZOOM_QUEUE_PORT").Claim(),
            TablePort = new Port(options.TablePort, "Azurite's tables", "SECUREZOOM_TABLE_PORT").Claim(),
        });
        await azurite.StartAgainAsync(cancellationToken);
        return azurite;
    }

    /// <summary>Starts it again after <see cref="StopAsync"/>, on the same ports and data.</summary>
    public async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        _process = ChildProcess.Start(Describe());
        try
        {
            await _process.WhenReadyAsync("Azurite", AnswersAsync, StartTime, cancellationToken);
            var queues = new QueueServiceClient(ConnectionString);
            foreach (var name in _options.Queues)
            {
                await queues.GetQueueClient(name).CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            }
        }
        catch
        {
            await StopAsync();
            throw;
        }
    }

    /// <summary>Stops it; its data stays when it has a folder.</summary>
    public async Task StopAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            await process.DisposeAsync();
        }
    }

    /// <summary>Lets time pass for it alone: hidden messages become visible, leases run out.</summary>
    public Task AdvanceAsync(TimeSpan time) =>
        _process?.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"advance {(long)time.TotalMilliseconds}")) ?? Task.CompletedTask;

    /// <summary>Ends it at once (SIGKILL), whatever it is doing.</summary>
    public Task KillAsync() => _process?.KillAsync() ?? Task.CompletedTask;

    /// <summary>Stops it.</summary>
    public async ValueTask DisposeAsync() => await StopAsync();

    private ProcessStartInfo Describe()
    {
        var home = Path.Combine(Repository.Root, "functions", "SecureZoom.Sandbox", "azurite");
        var script = Path.Combine(home, "node_modules", "azurite", "dist", "src", "azurite.js");
        if (!File.Exists(script))
        {
            throw new SandboxException(
                "Azurite is not installed. Run `npm ci --ignore-scripts` in functions/SecureZoom.Sandbox/azurite.");
        }

        return new ProcessStartInfo(
            "node",
            [
                "--require", Path.Combine(home, "parent.cjs"),
                "--require", Path.Combine(home, "indexed-rows.cjs"),
                script,
                "--silent", "--skipApiVersionCheck", "--disableTelemetry",
                "--blobHost", "127.0.0.1", "--blobPort", Text(_options.BlobPort),
                "--queueHost", "127.0.0.1", "--queuePort", Text(_options.QueuePort),
                "--tableHost", "127.0.0.1", "--tablePort", Text(_options.TablePort),
                .. (string[])(_options.Folder is { } folder ? ["--location", folder] : ["--inMemoryPersistence"]),
            ]);
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        foreach (var port in (int[])[_options.BlobPort, _options.QueuePort, _options.TablePort])
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync("127.0.0.1", port, cancellationToken);
            }
            catch (SocketException)
            {
                return false;
            }
        }

        return true;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
