using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SecureZoom.LocalHost.Tests.Support;

/// <summary>A client that says what no decent client says.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly TcpClient _client;

    private RawClient(AddressFamily family) => _client = new(family);

    public NetworkStream Stream => _client.GetStream();

    public IPEndPoint LocalEndPoint => (IPEndPoint)_client.Client.LocalEndPoint!;

    public static async Task<RawClient> ConnectAsync(Uri address, IPAddress? loopback = null)
    {
        loopback ??= IPAddress.Loopback;
        var client = new RawClient(loopback.AddressFamily);
        await client._client.ConnectAsync(loopback, address.Port, TestContext.Current.CancellationToken);
        return client;
    }

    public async Task SendAsync(string text) => await Stream.WriteAsync(Encoding.Latin1.GetBytes(text), TestContext.Current.CancellationToken);

    /// <summary>All that comes until the host closes the connection.</summary>
    public async Task<string> ReadToEndAsync()
    {
        using var reader = new StreamReader(Stream, Encoding.Latin1, leaveOpen: true);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(Eventually.Deadline);
    }

    public async Task<string> ReadLineAsync()
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await Stream.ReadAsync(one, TestContext.Current.CancellationToken) == 1 && one[0] != '\n')
        {
            line.Append((char)one[0]);
        }

        return line.ToString().TrimEnd('\r');
    }

    /// <summary>Goes away as a killed process does.</summary>
    public void Reset()
    {
        _client.LingerState = new LingerOption(enable: true, seconds: 0);
        _client.Close();
    }

    public void Dispose() => _client.Dispose();
}
