using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using SecureZoom.LocalHost.Tests.Support;
using SecureZoom.Sandbox.Hosting;

namespace SecureZoom.LocalHost.Tests;

public sealed class LoopbackTests
{
    [Fact]
    public async Task Both_loopbacks_are_served_and_nothing_makes_the_host_listen_beyond_them()
    {
        var (port, open) = (FreePort.Find(), FreePort.Find());
        var everywhere = $"http://0.0.0.0:{open}";
        var scene = new Scene
        {
            Arguments = ["--port", $"{port}", "--urls", everywhere, "--preferHostingUrls", "true", $"--Kestrel:Endpoints:Open:Url={everywhere}"],
            LocalSettings = $$"""{ "Values": { "URLS": "{{everywhere}}" }, "Kestrel": { "Endpoints": { "Open": { "Url": "{{everywhere}}" } } } }""",
        };
        await using var host = await TestHost.StartAsync(
            scene.With("ASPNETCORE_URLS", everywhere).With("DOTNET_URLS", everywhere).With("ASPNETCORE_HTTP_PORTS", $"{open}"));

        foreach (var address in Socket.OSSupportsIPv6 ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : (IPAddress[])[IPAddress.Loopback])
        {
            using var client = await RawClient.ConnectAsync(host.Address, address);
            await client.SendAsync("GET /api/echo HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            var caller = address.AddressFamily == AddressFamily.InterNetworkV6 ? $"::1:{client.LocalEndPoint.Port}" : $"{client.LocalEndPoint}";
            Assert.Contains($"\"caller\":\"{caller}\"", await client.ReadToEndAsync(), StringComparison.Ordinal);
        }

        var listeners = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners();
        Assert.DoesNotContain(listeners, listener => listener.Port == open);
        Assert.All(listeners.Where(listener => listener.Port == port), listener => Assert.True(IPAddress.IsLoopback(listener.Address)));
    }
}
