using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using SecureZoom.Sandbox.Hosting;
using SecureZoom.Sandbox.Real;

namespace SecureZoom.Sandbox.Tests;

/// <summary>One's own accounts, played by nobody: what is started with them, what is asked for, what is kept.</summary>
public sealed class RealHostTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<(string Name, bool IsSecret)> _asked = [];
    private LoopbackServer _app = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private RealOptions Options => new()
    {
        Parts = new SandboxOptions
        {
            AppPort = _app.Address.Port,
            SitePort = 0,
            BlobPort = 0,
            QueuePort = 0,
            TablePort = 0,
            Data = _folder.File("data"),
            Site = _folder.File("site"),
            IsAppExternal = true,
        },
        SettingsFile = _folder.File("local.settings.json"),
        Tunnel = new Uri("https://abc.tunnel.example"),
    };

    public async ValueTask InitializeAsync()
    {
        _app = await LoopbackServer.StartAsync(new Port(0, "a test", ""), (_, _) => { }, application => application.MapGet("/api/health", () => "well"), Cancellation);
        Directory.CreateDirectory(_folder.File("site"));
        await File.WriteAllTextAsync(_folder.File("site/staticwebapp.config.json"), """{"globalHeaders":{"Content-Security-Policy":"connect-src http://localhost:7071 http://localhost:7072"}}""", Cancellation);
        // As somebody begins: the example, with some of it filled in.
        var example = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "local.settings.example.json"), Cancellation))!;
        example["Values"]!["Auth0__Domain"] = "acme.eu.auth0.com";
        example["Values"]!["Zoom__Accounts__0__AccountId"] = "the account";
        await File.WriteAllTextAsync(_folder.File("local.settings.json"), example.ToJsonString(), Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task It_asks_once_for_what_is_missing_and_starts_app_site_and_storage_with_it()
    {
        string settings;
        await using (var first = await RealHost.StartAsync(Options, Ask, _ => { }, Cancellation))
        {
            Assert.Contains("https://abc.tunnel.example/api/webhook", first.Welcome(), StringComparison.Ordinal);
            settings = await ReadAsync("data/local.settings.json");
            using var http = new HttpClient { BaseAddress = first.Site.Address };
            using var answer = await http.GetAsync(new Uri("config.json", UriKind.Relative), Cancellation);
            var config = await answer.Content.ReadFromJsonAsync<JsonObject>(Cancellation);
            Assert.Equal(
                ("https://acme.eu.auth0.com", "typed AUTH0_CLIENT_ID", "https://api.securezoom.example", false),
                ((string?)config!["auth0"]!["domain"], (string?)config["auth0"]!["clientId"], (string?)config["auth0"]!["audience"], (bool)config["sandbox"]!));
            Assert.Contains("https://acme.eu.auth0.com", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        }

        Assert.Equal(
            ["AUTH0_CLIENT_ID", "Zoom__Accounts__0__ClientId", "Zoom__Accounts__0__SdkClientId", "Secrets__zoom-client-secret", "Secrets__zoom-sdk-client-secret", "Secrets__zoom-webhook-secret"],
            _asked.Select(one => one.Name));
        Assert.All(_asked, one => Assert.Equal(one.Name.StartsWith("Secrets__", StringComparison.Ordinal), one.IsSecret));
        TemporaryFolder.AssertForOwnerOnly(_folder.File("data/local.settings.json"));
        TemporaryFolder.AssertForOwnerOnly(_folder.File("data/typed.json"));

        var values = JsonNode.Parse(settings)!["Values"]!.AsObject();
        Assert.Equal(("acme.eu.auth0.com", "the account", "typed Secrets__zoom-client-secret"), (
            (string?)values["Auth0__Domain"], (string?)values["Zoom__Accounts__0__AccountId"], (string?)values["Secrets__zoom-client-secret"]));
        Assert.False(values.ContainsKey("AUTH0_CLIENT_ID"));
        Assert.DoesNotContain("UseDevelopmentStorage", (string?)values["Audit"], StringComparison.Ordinal);
        Assert.Equal(44, ((string?)values["Secrets__storage-seal-key"])!.Length);

        // A second start asks nobody, and has the same keys: what they have sealed still opens.
        await using var second = await RealHost.StartAsync(Options, ask: null, _ => { }, Cancellation);
        Assert.Equal((string?)values["Secrets__storage-seal-key"], (string?)JsonNode.Parse(await ReadAsync("data/local.settings.json"))!["Values"]!["Secrets__storage-seal-key"]);
    }

    [Fact]
    public async Task Where_nobody_can_be_asked_all_that_is_missing_is_named_with_where_it_is_found()
    {
        var fault = await Assert.ThrowsAsync<SandboxException>(() => RealHost.StartAsync(Options, ask: null, _ => { }, Cancellation));
        Assert.Contains("Secrets__zoom-webhook-secret  (Zoom, Server-to-Server app: secret token of the event subscriptions)", fault.Message, StringComparison.Ordinal);
        Assert.Equal(7, fault.Message.Split(Environment.NewLine).Length);
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("[]")]
    public async Task A_file_that_holds_no_settings_is_said(string content)
    {
        await File.WriteAllTextAsync(_folder.File("local.settings.json"), content, Cancellation);
        var fault = await Assert.ThrowsAsync<SandboxException>(() => RealHost.StartAsync(Options, Ask, _ => { }, Cancellation));
        Assert.Contains("is not a file of settings", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://abc.tunnel.example")]
    [InlineData("https://abc.tunnel.example/api")]
    [InlineData("abc.tunnel.example")]
    public void A_tunnel_is_an_https_address_without_a_path(string address) =>
        Assert.Contains("SECUREZOOM_TUNNEL", Assert.Throws<SandboxException>(() => RealOptions.ReadTunnel(address)).Message, StringComparison.Ordinal);

    private string? Ask(string name, string where, bool isSecret)
    {
        _asked.Add((name, isSecret));
        return $"typed {name}";
    }

    private Task<string> ReadAsync(string file) => File.ReadAllTextAsync(_folder.File(file), Cancellation);
}
