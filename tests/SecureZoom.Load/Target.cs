using System.Text;

namespace SecureZoom.Load;

/// <summary>A server with the calls that it is sent, in a file as <c>load.lua</c> reads it: each behind its length in bytes.</summary>
/// <param name="Name">In messages.</param>
internal sealed record Target(string Name, Uri Server, string File)
{
    /// <param name="path">Where the calls go on this server.</param>
    public static async Task<Target> WriteAsync(
        string folder, string name, Uri server, string path, IEnumerable<Call> calls, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, Path.GetRandomFileName());
        await using var stream = System.IO.File.Create(file);
        foreach (var bytes in calls.Select(call => call.ToBytes(server, path)))
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"{bytes.Length}\n"), cancellationToken);
            await stream.WriteAsync(bytes, cancellationToken);
        }

        return new Target(name, server, file);
    }
}
