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
    public int Claim()
    {
        if (Number == 0)
        {
            return FreePort.Find();
        }

        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, Number);
            listener.Start();
            return Number;
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
