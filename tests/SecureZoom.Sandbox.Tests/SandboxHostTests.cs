using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using SecureZoom.Sandbox.Hosting;
using SecureZoom.Sandbox.Storage;

namespace SecureZoom.Sandbox.Tests;

public sealed class SandboxHostTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private LoopbackServer _app = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private SandboxOptions Options => new()
    {
        AppPort = _app.Address.Port,
        IdentityPort = 0,
        ZoomPort = 0,
        SitePort = 0,
        BlobPort = 0,
        QueuePort = 0,
        TablePort = 0,
        Data = _folder.File("data"),
        IsAppExternal = true,
    };

    public async ValueTask InitializeAsync() => _app = await LoopbackServer.StartAsync(
        new Port(0, "a test", ""),
        (_, _) => { },
        application => application.MapGet("/api/health", () => "well"),
        Cancellation);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task It_starts_every_part_keeps_its_secrets_and_says_when_a_part_ends_by_itself()
    {
        string settings;
        await using (var first = await SandboxHost.StartAsync(Options, _ => { }, Cancellation))
        {
            settings = await ReadSettingsAsync();
            Assert.Contains(first.Identity.Address.ToString(), first.Welcome(), StringComparison.Ordinal);
            Assert.Contains("carol@acme.example", first.Welcome(), StringComparison.Ordinal);
            var inUse = await Assert.ThrowsAsync<SandboxException>(
                () => SandboxHost.StartAsync(Options, _ => { }, Cancellation));
            Assert.Contains("SECUREZOOM_DATA", inUse.Message, StringComparison.Ordinal);
        }

        await using var second = await SandboxHost.StartAsync(Options, _ => { }, Cancellation);
        Assert.Equal(SecretsOf(settings), SecretsOf(await ReadSettingsAsync()));
        TemporaryFolder.AssertForOwnerOnly(_folder.File("data/local.settings.json"));
        TemporaryFolder.AssertForOwnerOnly(_folder.File("data/secrets.json"));

        var running = second.RunAsync(Cancellation);
        await second.Storage.KillAsync();
        var ended = await Assert.ThrowsAsync<SandboxException>(() => running);
        Assert.Contains("Azurite ended unexpectedly", ended.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_site_that_somebody_else_serves_keeps_its_port_and_is_let_in_by_the_app()
    {
        await using var vite = await LoopbackServer.StartAsync(new Port(0, "a test", ""), (_, _) => { }, _ => { }, Cancellation);
        var options = Options with { IsSiteExternal = true, SitePort = vite.Address.Port };

        await using var sandbox = await SandboxHost.StartAsync(options, _ => { }, Cancellation);

        Assert.Null(sandbox.Site);
        Assert.Equal(vite.Address, sandbox.SiteAddress);
        var settings = JsonNode.Parse(await ReadSettingsAsync())!;
        Assert.Equal($"http://localhost:{vite.Address.Port}", (string?)settings["Host"]!["CORS"]);
    }

    [Fact]
    public async Task Damaged_secrets_are_said_and_kept()
    {
        Directory.CreateDirectory(Options.Data);
        var file = _folder.File("data/secrets.json");
        await File.WriteAllTextAsync(file, """{"grant-key":""}""", Cancellation);

        var fault = await Assert.ThrowsAsync<SandboxException>(
            () => SandboxHost.StartAsync(Options, _ => { }, Cancellation));

        Assert.Contains(file, fault.Message, StringComparison.Ordinal);
        Assert.Equal("""{"grant-key":""}""", await File.ReadAllTextAsync(file, Cancellation));
    }

    [Fact]
    public async Task Azurite_comes_back_after_an_outage_on_the_same_ports()
    {
        await using var azurite = await Azurite.StartAsync(new AzuriteOptions { Folder = _folder.File("azurite") }, Cancellation);
        var (before, exited) = (azurite.ConnectionString, azurite.Exited);
        var port = new Uri(before.Split("BlobEndpoint=")[1].Split(';')[0]).Port;

        await azurite.StopAsync();
        Assert.True(exited.IsCompleted);
        using (var client = new TcpClient())
        {
            await Assert.ThrowsAnyAsync<SocketException>(async () => await client.ConnectAsync("127.0.0.1", port, Cancellation));
        }

        await azurite.StartAgainAsync(Cancellation);

        Assert.Equal(before, azurite.ConnectionString);
        using var again = new TcpClient();
        await again.ConnectAsync("127.0.0.1", port, Cancellation);
    }

    private async Task<string> ReadSettingsAsync() =>
        await File.ReadAllTextAsync(_folder.File("data/local.settings.json"), Cancellation);

    private static Dictionary<string, string> SecretsOf(string settings) =>
        JsonNode.Parse(settings)!["Values"]!.AsObject()
            .Where(value => value.Key.StartsWith("Secrets__", StringComparison.Ordinal))
            .ToDictionary(value => value.Key, value => (string)value.Value!);
}
