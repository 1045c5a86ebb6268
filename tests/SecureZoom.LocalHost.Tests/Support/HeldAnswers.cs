using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SecureZoom.LocalHost.Tests.Support;

/// <summary>A way to a server on which the first answers with a word in them are held back until the test lets go.</summary>
internal sealed class HeldAnswers : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource _goesOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _server;
    private readonly byte[] _word;

    /// <param name="server">The port of the server, on loopback.</param>
    public HeldAnswers(int server, string word)
    {
        (_server, _word) = (server, Encoding.ASCII.GetBytes(word));
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void GoOn() => _goesOn.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        GoOn();
        await _end.CancelAsync();
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var client = await _listener.AcceptTcpClientAsync(_end.Token);
            var server = new TcpClient();
            await server.ConnectAsync(IPAddress.Loopback, _server, _end.Token);
            _ = client.GetStream().CopyToAsync(server.GetStream(), _end.Token);
            _ = AnswerAsync(server, client);
        }
    }

    private async Task AnswerAsync(TcpClient server, TcpClient client)
    {
        using (server)
        using (client)
        {
            var buffer = new byte[8192];
            while (await server.GetStream().ReadAsync(buffer, _end.Token) is var count and > 0)
            {
                if (buffer.AsSpan(0, count).IndexOf(_word) >= 0)
                {
                    await _goesOn.Task.WaitAsync(_end.Token);
                }

                await client.GetStream().WriteAsync(buffer.AsMemory(0, count), _end.Token);
            }
        }
    }
}
