using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Functions.Webhooks.Okta;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.IdentityEvents;

/// <summary>What really happens at the identity stand-in reaches the trail, by hook, by stream or by Okta's log, and ends access.</summary>
public sealed class SandboxEventsTests : IAsyncLifetime
{
    private readonly Cloud _cloud = new();
    private App _app = null!;
    private HttpClient _identity = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _cloud.InitializeAsync();
        _app = await App.StartAsync(_cloud, new()
        {
            ["IdentityEvents:0:OktaDomain"] = _cloud.Identity.Address.AbsoluteUri,
            ["IdentityEvents:0:TokenSecretName"] = "okta-system-log-token",
        });
        _identity = new HttpClient { BaseAddress = _cloud.Identity.Address };
    }

    public async ValueTask DisposeAsync()
    {
        _identity.Dispose();
        await _app.DisposeAsync();
        await _cloud.DisposeAsync();
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_and_a_suspension_ends_access_at_once()
    {
        _cloud.Identity.EventTarget = _app.Http.BaseAddress;
        var token = await SignInAsync(Accounts.Bob, "sandbox");
        for (var attempt = 0; attempt < 5; attempt++)
        {
            Assert.Null(await SignInAsync(Accounts.Bob, "wrong"));
        }

        Assert.Null(await SignInAsync(Accounts.Bob, "sandbox"));
        await RecordAsync("action=account.locked&source=okta");
        await RecordAsync("action=account.locked&source=auth0");
        await RecordAsync("action=signin.failed&source=okta");
        Assert.Equal(HttpStatusCode.OK, (await new Person(_app.Http, token!).GetAsync("me")).Status);

        await ChangeAsync(new JsonObject { ["email"] = Accounts.Bob.Email, ["status"] = "suspended" });
        await Wait.ForAsync("the end of access", async () => (await new Person(_app.Http, token!).GetAsync("me")).Code);
        Assert.Null(await SignInAsync(Accounts.Bob, "sandbox"));
        Assert.Equal("token_revoked", (await _app.As(Accounts.Bob).GetAsync("me")).Code);
        Assert.Contains("suspended", (string?)(await RecordAsync("action=person.suspended"))["sentence"], StringComparison.Ordinal);

        await ChangeAsync(new JsonObject { ["email"] = Accounts.Bob.Email, ["status"] = "active" });
        await Wait.ForAsync("the return", async () => (await new Person(_app.Http, token!).GetAsync("me")).Status == HttpStatusCode.OK ? "" : null);
        Assert.NotNull(await SignInAsync(Accounts.Bob, "sandbox"));
    }

    [Fact]
    public async Task A_second_factor_is_asked_for_and_shown()
    {
        _cloud.Identity.EventTarget = _app.Http.BaseAddress;
        var code = (string)(await ChangeAsync(new JsonObject { ["email"] = Accounts.Dave.Email, ["mfa"] = true }))["code"]!;
        Assert.Null(await SignInAsync(Accounts.Dave, "sandbox"));
        Assert.NotNull(await SignInAsync(Accounts.Dave, "sandbox", code));
        await Wait.ForAsync("the factor", async () => (await _app.As(Accounts.Olive).GetAsync(
            $"audit?organization={Accounts.Dave.OrganizationId}&action=mfa.succeeded")).Json["records"]!.AsArray().FirstOrDefault());
    }

    [Fact]
    public async Task Okta_s_log_fills_what_the_hook_missed_and_tells_nothing_twice()
    {
        var log = _app.Services.GetRequiredService<OktaSystemLog>();
        await SignInAsync(Accounts.Alice, "sandbox");
        await log.ReadAsync(Cancellation);
        await RecordAsync("action=signin.succeeded&source=okta");
        _cloud.Identity.EventTarget = _app.Http.BaseAddress;
        await ChangeAsync(new JsonObject { ["email"] = Accounts.Alice.Email, ["mfa"] = true });
        await RecordAsync("action=factor.added&source=okta");
        await log.ReadAsync(Cancellation);
        await log.ReadAsync(Cancellation);
        await ChangeAsync(new JsonObject { ["email"] = Accounts.Alice.Email, ["mfa"] = false });
        await RecordAsync("action=factor.removed&source=okta");
        var told = (await _app.As(Accounts.Audrey).GetAsync("audit?source=okta")).Json["records"]!.AsArray();
        Assert.Equal(3, told.Count);
    }

    [Fact]
    public async Task Okta_s_limit_is_waited_for_and_its_refusal_is_a_failure_that_the_next_time_mends()
    {
        var log = _app.Services.GetRequiredService<OktaSystemLog>();
        await SignInAsync(Accounts.Alice, "sandbox");
        _cloud.Identity.Faults.Add(new SecureZoom.Sandbox.Hosting.Fault("/api/v1/logs", 500, Times: 1));
        await Assert.ThrowsAsync<AggregateException>(() => log.ReadAsync(Cancellation));
        _cloud.Identity.Faults.Add(new SecureZoom.Sandbox.Hosting.Fault("/api/v1/logs", 429, Times: 1));
        await log.ReadAsync(Cancellation);
        var asked = _cloud.Identity.Requests.All.Count;
        await log.ReadAsync(Cancellation);
        Assert.Equal(asked, _cloud.Identity.Requests.All.Count);
    }

    private async Task<JsonObject> RecordAsync(string filter) => (await Wait.ForAsync(filter, async () =>
        (await _app.As(Accounts.Audrey).GetAsync($"audit?{filter}")).Json["records"]!.AsArray().FirstOrDefault())).AsObject();

    private async Task<JsonObject> ChangeAsync(JsonObject change)
    {
        using var response = await _identity.PostAsJsonAsync("sandbox/people", change, Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!;
    }

    private async Task<string?> SignInAsync(Account account, string password, string? otp = null)
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "password",
            ["username"] = account.Email,
            ["password"] = password,
            ["client_id"] = IdentityProvider.ClientId,
            ["audience"] = IdentityProvider.Audience,
        };
        if (otp is not null)
        {
            form["otp"] = otp;
        }

        using var content = new FormUrlEncodedContent(form);
        using var response = await _identity.PostAsync("oauth/token", content, Cancellation);
        return (string?)(await response.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!["access_token"];
    }
}
