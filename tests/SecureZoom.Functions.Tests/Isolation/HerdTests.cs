using System.Net;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Hosting;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Isolation;

/// <summary>Many callers at once in a process that knows nothing yet.</summary>
public sealed class HerdTests(Cloud cloud)
{
    private const int Callers = 200;

    [Fact]
    public async Task Two_hundred_calls_that_wait_together_cost_one_discovery_one_key_set_and_one_token()
    {
        var alice = Accounts.Alice.In("org_herd");
        await using var zoom = await OwnZoom.StartAsync(cloud);
        var number = await CreateAsync(zoom, alice);
        var tokens = zoom.Zoom.Requests.Count("/oauth/token");

        await using var identity = await IdentityProvider.StartAsync(new IdentityProviderOptions(), TestContext.Current.CancellationToken);
        var storage = new StorageTap();
        var settings = zoom.Settings;
        settings["Auth0:Domain"] = identity.Address.AbsoluteUri;
        await using var app = await App.StartAsync(cloud, settings, services => storage.Tap(services, cloud));
        identity.Faults.Add(new Fault("/.well-known/", 0, Times: 2, DelayMs: -1));
        zoom.Zoom.Faults.Add(new Fault("/oauth/token", 0, DelayMs: -1));

        var host = new Person(app.Http, identity.MintToken(alice));
        var calls = Enumerable.Range(0, Callers)
            .Select(_ => host.PostAsync("signature", new JsonObject { ["meetingNumber"] = number, ["role"] = 1 }))
            .ToList();
        await Wait.ForAsync("all of them to be inside", async () => await Task.FromResult(
            app.Logs.Entries.Count(entry => entry.Contains("Request matched endpoint", StringComparison.Ordinal)) >= Callers ? "" : null));
        identity.Faults.Clear();
        await Wait.ForAsync("all of them to have found the meeting", async () => await Task.FromResult(
            storage.Count("GET", "/meetings(", "org_herd") >= Callers ? "" : null));
        zoom.Zoom.Faults.Clear();

        Assert.All(await Task.WhenAll(calls), answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Equal(1, identity.Requests.Count("/.well-known/openid-configuration"));
        Assert.Equal(1, identity.Requests.Count("/.well-known/jwks.json"));
        Assert.Equal(tokens + 1, zoom.Zoom.Requests.Count("/oauth/token"));
    }

    private async Task<long> CreateAsync(OwnZoom zoom, Account host)
    {
        await using var app = await App.StartAsync(cloud, zoom.Settings);
        var created = await app.As(host).PostAsync("meetings", new JsonObject { ["topic"] = "Herd" });
        return (long)created.Json["id"]!;
    }
}
