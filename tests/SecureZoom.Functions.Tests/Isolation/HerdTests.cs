using System.Net;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Hosting;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Isolation;

/// <summary>Many callers at once in a process that knows nothing yet.</summary>
public sealed class HerdTests(QuietCloud quiet)
{
    private const int Callers = 200;

    [Fact]
    public async Task Two_hundred_calls_that_wait_together_cost_one_discovery_one_key_set_one_token_and_one_look_at_the_meeting()
    {
        var alice = Accounts.Alice.In("org_herd");
        await using var zoom = await OwnZoom.StartAsync(quiet.Cloud);
        var number = await CreateAsync(zoom, alice);
        var tokens = zoom.Zoom.Requests.Count("/oauth/token");

        await using var identity = await IdentityProvider.StartAsync(new IdentityProviderOptions(), TestContext.Current.CancellationToken);
        var storage = new StorageTap();
        var settings = zoom.Settings;
        settings["Auth0:Domain"] = identity.Address.AbsoluteUri;
        await using var app = await App.StartAsync(quiet.Cloud, settings, services => storage.Tap(services, quiet.Cloud));
        await ConnectAsync(app);
        identity.Faults.Add(new Fault("/.well-known/", 0, Times: 2, DelayMs: -1));
        zoom.Zoom.Faults.Add(new Fault("/oauth/token", 0, DelayMs: -1));

        var host = new Person(app.Http, identity.MintToken(alice));
        var calls = Enumerable.Range(0, Callers)
            .Select(_ => host.PostAsync("signature", new JsonObject { ["meetingNumber"] = number, ["role"] = 1 }))
            .ToList();
        await Wait.ForAsync("all of them to be inside", async () => await Task.FromResult(
            app.Logs.Entries.Count(entry => entry.Contains("Request matched endpoint", StringComparison.Ordinal)) >= Callers * 2 ? "" : null));
        identity.Faults.Clear();
        zoom.Zoom.Faults.Clear();

        // This is about what goes out; a queue that is slow with two hundred messages at once may turn some of them away.
        var answers = await Task.WhenAll(calls);
        Assert.All(answers, answer => Assert.True(answer.Status == HttpStatusCode.OK || answer.Code == "audit_unavailable", answer.Text));
        Assert.Contains(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.Equal(1, identity.Requests.Count("/.well-known/openid-configuration"));
        Assert.Equal(1, identity.Requests.Count("/.well-known/jwks.json"));
        Assert.Equal(tokens + 1, zoom.Zoom.Requests.Count("/oauth/token"));
        // Again where all of them took longer than what was read is gone by.
        Assert.InRange(storage.Count("GET", "/meetings(", "org_herd"), 1, 2);
    }

    /// <summary>Opens as many connections, by a call that asks nobody, so that the herd is quick to gather.</summary>
    private static async Task ConnectAsync(App app) => await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
        await Answer.OfAsync(await app.Http.GetAsync(new Uri("openapi.json", UriKind.Relative), TestContext.Current.CancellationToken))));

    private async Task<long> CreateAsync(OwnZoom zoom, Account host)
    {
        await using var app = await App.StartAsync(quiet.Cloud, zoom.Settings);
        var created = await app.As(host).PostAsync("meetings", new JsonObject { ["topic"] = "Herd" });
        return (long)created.Json["id"]!;
    }
}
