using System.Diagnostics;
using SecureZoom.Sandbox;
using SecureZoom.Sandbox.Hosting;

namespace SecureZoom.Load;

/// <summary>A server to measure against, a process of its own.</summary>
internal sealed class Peer : IAsyncDisposable
{
    private readonly ChildProcess _process;

    private Peer(ChildProcess process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <param name="portOf">Its port, by what it has printed; null while that does not say it.</param>
    /// <param name="health">A path that answers once it is ready.</param>
    /// <exception cref="SandboxException">It ended, or did not answer in time.</exception>
    public static async Task<Peer> StartAsync(
        string name, ProcessStartInfo start, Func<string, int?> portOf, string health, TimeSpan within, CancellationToken cancellationToken)
    {
        var process = ChildProcess.Start(start);
        try
        {
            using var http = new HttpClient();
            await process.WhenReadyAsync(
                name,
                async token => AddressOf(portOf(process.Output)) is { } address && (await http.GetAsync(new Uri(address, health), token)).IsSuccessStatusCode,
                within,
                cancellationToken);
            return new Peer(process, AddressOf(portOf(process.Output))!);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static Uri? AddressOf(int? port) => port is { } known ? new Uri($"http://127.0.0.1:{known}/") : null;
}
