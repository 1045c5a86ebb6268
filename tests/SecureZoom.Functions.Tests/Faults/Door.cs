using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SecureZoom.Functions.Tests.Faults;

/// <summary>A port in front of a server, that lets everything through, or plays a fault, on connections that are open already too.</summary>
internal sealed class Door : IAsyncDisposable
{
    private readonly Uri _behind;
    private readonly ConcurrentDictionary<Socket, bool> _open = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _running = [];
    private readonly int _port;
    private volatile Socket? _listener;
    private Fault? _fault;

    public Door(Uri behind)
    {
        _behind = behind;
        _listener = Listen(0);
        _port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
    }

    /// <summary>Where the server is reached through it; path and all as the server's own.</summary>
    public Uri Address => new UriBuilder(_behind) { Host = "127.0.0.1", Port = _port }.Uri;

    /// <summary>What it does from now on; null lets everything through.</summary>
    public void Play(Fault? fault)
    {
        _fault = fault;
        if (fault == Fault.Refused)
        {
            Interlocked.Exchange(ref _listener, null)?.Dispose();
        }
        else
        {
            _listener ??= Listen(_port);
        }

        foreach (var socket in _open.Keys)
        {
            socket.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Play(Fault.Refused);
        await _stop.CancelAsync();
        await Task.WhenAll(_running);
        _stop.Dispose();
    }

    private Socket Listen(int port)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        listener.Listen();
        _running.Add(AcceptAsync(listener));
        return listener;
    }

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                _running.Add(ServeAsync(await listener.AcceptAsync(_stop.Token)));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Nobody listens any more.
        }
    }

    private async Task ServeAsync(Socket caller)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        _open[caller] = _open[server] = true;
        try
        {
            if (_fault is { } fault)
            {
                await PlayAsync(fault, caller);
                return;
            }

            await server.ConnectAsync(_behind.Host, _behind.Port, _stop.Token);
            await Task.WhenAll(PumpAsync(caller, server), PumpAsync(server, caller));
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // One of them has gone, or the door was shut.
        }
        finally
        {
            _open.TryRemove(caller, out _);
            _open.TryRemove(server, out _);
            caller.Dispose();
        }
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReceiveAsync(buffer, _stop.Token) is > 0 and var length)
        {
            await to.SendAsync(buffer.AsMemory(0, length), _stop.Token);
        }

        to.Shutdown(SocketShutdown.Send);
    }

    private async Task PlayAsync(Fault fault, Socket caller)
    {
        var buffer = new byte[64 * 1024];
        await caller.ReceiveAsync(buffer, _stop.Token);
        if (fault == Fault.Reset)
        {
            caller.LingerState = new LingerOption(enable: true, seconds: 0);
            return;
        }

        if (AnswerOf(fault) is { } answer)
        {
            await caller.SendAsync(Encoding.ASCII.GetBytes(answer), _stop.Token);
            caller.Shutdown(SocketShutdown.Send);
        }

        // What is left of the request is read, so that the answer is not lost with it.
        while (await caller.ReceiveAsync(buffer, _stop.Token) > 0)
        {
        }
    }

    private static string? AnswerOf(Fault fault) => fault switch
    {
        Fault.TooMany => "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 7\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        Fault.Broken => "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 4\r\nConnection: close\r\n\r\nOops",
        Fault.Foreign => "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 28\r\nConnection: close\r\n\r\n<html>Welcome, guest!</html>",
        Fault.Half => "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 4096\r\nConnection: close\r\n\r\n{\"half\": \"",
        _ => null,
    };
}
