using System.Net;
using System.Net.Sockets;

namespace SecureZoom.Sandbox.Hosting;

/// <summary>A TCP port on 127.0.0.1, with the names that a message needs when it is taken.</summary>
/// <param name="Number">0 for a free one.</param>
/// <param name="Part">Whose port it is: "the identity provider".</param>
/// <param name="Variable">The environment variable that changes it.</param>
internal readonly record struct Port(int Number, string Part, string Variable)
{
    /// <summary>Makes sure that a child process will find the port free; a number 0 becomes that of a free one.</summary>
    /// <exception cref="SandboxException">The port is taken.</exception>
    public int Claim() => Claim([this])[0];

    /// <summary>As <see cref="Claim()"/> for several at once: a free port is never given out twice.</summary>
    /// <exception cref="SandboxException">A port is taken.</exception>
    public static int[] Claim(IReadOnlyList<Port> ports)
    {
        var listeners = new List<TcpListener>();
        try
        {
            return [.. ports.Select(port => port.Listen(listeners))];
        }
        finally
        {
            listeners.ForEach(listener => listener.Dispose());
        }
    }

    private int Listen(List<TcpListener> listeners)
    {
        var listener = new TcpListener(IPAddress.Loopback, Number);
        listeners.Add(listener);
        try
        {
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        catch (SocketException fault)
        {
            throw Taken(fault);
        }
    }

    /// <summary>What to say when the port is taken.</summary>
    public SandboxException Taken(SocketException fault) => new(
        $"Port {Number} of {Part} cannot be used ({fault.SocketErrorCode}). Free it, or set {Variable} to another port.",
        fault);
}
