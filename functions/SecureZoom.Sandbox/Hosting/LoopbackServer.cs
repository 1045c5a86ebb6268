using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SecureZoom.Sandbox.Hosting;

/// <summary>One part of the sandbox on Kestrel: listens on 127.0.0.1 only and answers to <c>localhost</c> only.</summary>
internal sealed class LoopbackServer(WebApplication application, Uri address) : IAsyncDisposable
{
    /// <summary><c>http://localhost:{port}/</c></summary>
    public Uri Address { get; } = address;

    /// <summary>Starts a server.</summary>
    /// <param name="port">The port; its number 0 takes a free one.</param>
    /// <param name="configure">Adds services, knowing the address.</param>
    /// <param name="pipeline">Adds middleware and endpoints.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <exception cref="SandboxException">The port is taken.</exception>
    public static async Task<LoopbackServer> StartAsync(
        Port port,
        Action<IServiceCollection, Uri> configure,
        Action<WebApplication> pipeline,
        CancellationToken cancellationToken)
    {
        // Bound before the host is built: only so is a free port's number known to what needs its own address.
        var socket = Listen(port);
        var endpoint = (IPEndPoint)socket.LocalEndPoint!;
        var address = new Uri($"http://localhost:{endpoint.Port}/");

        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [] });
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders().AddSimpleConsole().SetMinimumLevel(LogLevel.Error);
        builder.WebHost.UseSockets(sockets => sockets.CreateBoundListenSocket = _ => socket);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(endpoint);
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        // A page that points its own name at 127.0.0.1 must not reach the sandbox.
        builder.Services.Configure<HostFilteringOptions>(hosts => hosts.AllowedHosts = ["localhost", "127.0.0.1"]);
        builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
        configure(builder.Services, address);

        var application = builder.Build();
        application.UseHostFiltering();
        pipeline(application);
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch
        {
            await application.DisposeAsync();
            socket.Dispose();
            throw;
        }

        return new LoopbackServer(application, address);
    }

    public async ValueTask DisposeAsync()
    {
        await application.StopAsync(CancellationToken.None);
        await application.DisposeAsync();
    }

    private static Socket Listen(Port port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port.Number));
            socket.Listen();
            return socket;
        }
        catch (SocketException fault)
        {
            socket.Dispose();
            throw port.Taken(fault);
        }
    }
}
