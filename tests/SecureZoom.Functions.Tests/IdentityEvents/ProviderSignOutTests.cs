using System.Net;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Hosting;
using SecureZoom.Sandbox.Identity;
using static SecureZoom.Functions.Tests.Support.IdentitySources;

namespace SecureZoom.Functions.Tests.IdentityEvents;

/// <summary>With a management client, whoever is put out is signed out at Auth0, too: recorded either way, and never in the way of the answer.</summary>
public sealed class ProviderSignOutTests : IAsyncLifetime
{
    private const string Path = "/revoke-access";

    private readonly Cloud _cloud = new();
    private App _app = null!;

    private static Dictionary<string, string?> Managed => new()
    {
        ["IdentityEvents:0:ManagementClientId"] = IdentityProvider.ManagementClientId,
        ["IdentityEvents:0:ManagementSecretName"] = "auth0-management-secret",
    };

    public ValueTask InitializeAsync() => _cloud.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _cloud.DisposeAsync();
    }

    [Fact]
    public async Task Who_is_suspended_has_no_refresh_token_any_more()
    {
        _app = await App.StartAsync(_cloud, Managed);
        var refresh = await SignInAsync();
        await SuspendAsync(Accounts.Bob);
        var record = await RecordAsync("success");
        Assert.Equal(Accounts.Bob.Subject, (string?)record["details"]!["target"]!["subject"]);
        Assert.Contains("out at Auth0", (string?)record["sentence"], StringComparison.Ordinal);
        Assert.Equal("invalid_grant", await RefreshAsync(refresh));
        var asked = Assert.Single(_cloud.Identity.Requests.All, request => request.Path.EndsWith(Path, StringComparison.Ordinal));
        Assert.Equal((204, "Bearer ***"), (asked.Status, asked.Authorization));
        Assert.DoesNotContain(_app.Logs.Entries, entry => entry.Contains(_cloud.Secrets["auth0-management-secret"], StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_Auth0_refuses_is_recorded_and_the_events_are_taken()
    {
        _app = await App.StartAsync(_cloud, new Dictionary<string, string?>(Managed) { ["Secrets:auth0-management-secret"] = "wrong" });
        await SuspendAsync(Accounts.Bob);
        var record = await RecordAsync("failure");
        Assert.Equal(("provider_failed", "token_status_401"), ((string?)record["reason"], (string?)record["details"]!["failure"]));
        Assert.Equal("token_revoked", (await _app.As(Accounts.Bob).GetAsync("me")).Code);
    }

    [Fact]
    public async Task An_Auth0_that_is_down_holds_up_neither_the_answer_nor_other_events()
    {
        _app = await App.StartAsync(_cloud, Managed);
        _cloud.Identity.Faults.Add(new Fault("/oauth/token", 503, Times: 100));
        await SuspendAsync(Accounts.Bob);
        var record = await RecordAsync("failure");
        Assert.Equal(("provider_failed", "token_status_503"), ((string?)record["reason"], (string?)record["details"]!["failure"]));
        Assert.NotNull(await Wait.ForAsync("the suspension", async () => (await ReadAsync("action=person.suspended")).FirstOrDefault()));
    }

    [Fact]
    public async Task Without_a_client_and_for_what_happened_long_ago_nobody_is_asked()
    {
        _app = await App.StartAsync(_cloud, Managed);
        await TellAsync(Okta("user.session.clear", OktaId(Accounts.Bob), at: DateTimeOffset.UtcNow.AddHours(-2)));
        await _app.DisposeAsync();
        _app = await App.StartAsync(_cloud);
        await SuspendAsync(Accounts.Bob);
        await Wait.ForAsync("the suspension", async () => (await ReadAsync("action=person.suspended")).FirstOrDefault());
        // What follows from an event is done before the queue lets go of it.
        await TellAsync(Okta("user.account.lock", OktaId(Accounts.Alice)));
        await Wait.ForAsync("the lock", async () => (await ReadAsync("action=account.locked")).FirstOrDefault());
        Assert.DoesNotContain(_cloud.Identity.Requests.All, request => request.Path.EndsWith(Path, StringComparison.Ordinal));
        Assert.Empty(await ReadAsync("action=provider.signed_out"));
    }

    private static string OktaId(Account account) => account.Subject.Split('|')[^1];

    private Task SuspendAsync(Account account) => TellAsync(Okta("user.lifecycle.suspend", OktaId(account)));

    private Task TellAsync(JsonObject log) =>
        DeliverAsync(_app, "okta", _cloud.Secrets["okta-event-hook-secret"], Hook(log));

    private async Task<JsonNode> RecordAsync(string outcome) =>
        await Wait.ForAsync(outcome, async () => (await ReadAsync($"action=provider.signed_out&outcome={outcome}")).FirstOrDefault());

    private async Task<JsonArray> ReadAsync(string filter) => (await _app.As(Accounts.Audrey).GetAsync($"audit?{filter}")).Json["records"]!.AsArray();

    private async Task<string> SignInAsync() => (string)(await ExchangeAsync(new()
    {
        ["grant_type"] = "password",
        ["username"] = Accounts.Bob.Email,
        ["password"] = "sandbox",
        ["scope"] = "openid offline_access",
        ["audience"] = IdentityProvider.Audience,
    }))["refresh_token"]!;

    private async Task<string?> RefreshAsync(string refresh) =>
        (string?)(await ExchangeAsync(new() { ["grant_type"] = "refresh_token", ["refresh_token"] = refresh }))["error"];

    private async Task<JsonObject> ExchangeAsync(Dictionary<string, string> form)
    {
        form["client_id"] = IdentityProvider.ClientId;
        using var identity = new HttpClient { BaseAddress = _cloud.Identity.Address };
        using var content = new FormUrlEncodedContent(form);
        using var response = await identity.PostAsync("oauth/token", content, TestContext.Current.CancellationToken);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!.AsObject();
    }
}
