using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using SecureZoom.LocalHost.Tests.Functions;
using SecureZoom.LocalHost.Tests.Support;

namespace SecureZoom.LocalHost.Tests;

public sealed class LoopbackTests
{
    [Theory]
    [InlineData("--urls=http://0.0.0.0:{port}")]
    [InlineData("--urls=http://*:{port}", "--preferHostingUrls=true")]
    [InlineData("--http_ports={port}")]
    [InlineData("--Kestrel:Endpoints:Open:Url=http://0.0.0.0:{port}")]
    [InlineData("--Kestrel:Endpoints:Open:Url=http://[::]:{port}", "--urls=http://[::]:{port}", "--preferHostingUrls=true")]
    public async Task No_setting_makes_it_listen_beyond_loopback(params string[] settings)
    {
        var port = FreePort.Find();
        await using var host = await new TestHost(typeof(Pages),
            args: [.. settings.Select(setting => setting.Replace("{port}", $"{port}", StringComparison.Ordinal))])
            .StartAsync(async (_, _) => { });

        Assert.All(host.Addresses, address => Assert.True(new Uri(address).IsLoopback));
        Assert.DoesNotContain(Listeners(), listener => listener.Port == port);
        Assert.Equal("GET", await host.Client.GetStringAsync("/api/anything", TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("ASPNETCORE_URLS")]
    [InlineData("DOTNET_URLS")]
    [InlineData("URLS")]
    [InlineData("Kestrel__Endpoints__Open__Url")]
    public async Task No_environment_variable_makes_it_listen_beyond_loopback(string variable)
    {
        var port = FreePort.Find();
        Environment.SetEnvironmentVariable(variable, $"http://0.0.0.0:{port}");
        try
        {
            await using var host = await new TestHost(typeof(Pages)).StartAsync(async (_, _) => { });

            Assert.DoesNotContain(Listeners(), listener => listener.Port == port);
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, null);
        }
    }

    [Fact]
    public async Task A_given_port_is_served_on_both_loopbacks_and_on_no_other_address()
    {
        var port = FreePort.Find();
        await using var host = await new TestHost(typeof(Pages), args: ["--port", $"{port}"]).StartAsync(async (_, _) => { });

        foreach (var name in Socket.OSSupportsIPv6 ? ["127.0.0.1", "[::1]", "localhost"] : (string[])["127.0.0.1", "localhost"])
        {
            var answer = await host.Client.GetStringAsync($"http://{name}:{port}/api/anything", TestContext.Current.CancellationToken);
            Assert.Equal("GET", answer);
        }

        Assert.All(Listeners().Where(listener => listener.Port == port), listener => Assert.True(IPAddress.IsLoopback(listener.Address)));
    }

    private static IPEndPoint[] Listeners() => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners();
}
