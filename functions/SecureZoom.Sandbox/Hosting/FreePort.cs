using System.Net;
using System.Net.Sockets;

namespace SecureZoom.Sandbox.Hosting;

/// <summary>TCP ports of 127.0.0.1 for servers that start in a moment, in this process or another.</summary>
/// <remarks>
/// They lie below those that Linux gives to clients (32,768 and more), of whom there are many at any time: what is free when one looks is
/// still free when its server listens. Processes begin at different places, so that two that look at once find different ones.
/// </remarks>
public static class FreePort
{
    private const int First = 10_100;
    private const int Count = 22_000;

    private static int _tried = Random.Shared.Next(Count);

    /// <summary>A port that nobody listens on, and that was not given out lately.</summary>
    public static int Find()
    {
        while (true)
        {
            var port = First + ((Interlocked.Increment(ref _tried) & int.MaxValue) % Count);
            if (IsFree(port))
            {
                return port;
            }
        }
    }

    /// <summary>As many as are asked for, all different.</summary>
    public static IReadOnlyList<int> Find(int count) => [.. Enumerable.Range(0, count).Select(_ => Find())];

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
