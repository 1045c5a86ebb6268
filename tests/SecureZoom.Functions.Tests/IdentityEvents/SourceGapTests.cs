using System.Globalization;
using System.Net;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.IdentityEvents;
using SecureZoom.Functions.Storage;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Functions.Webhooks.Okta;
using SecureZoom.Sandbox.Hosting;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.IdentityEvents;

/// <summary>Okta's System Log is read without a gap wherever its place was lost, and a source that tells nothing is noticed.</summary>
public sealed class SourceGapTests : IAsyncLifetime
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    private readonly AdjustableTime _time = new();
    private readonly Cloud _cloud = new();
    private App _app = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _cloud.InitializeAsync();
        _app = await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _cloud.DisposeAsync();
    }

    [Fact]
    public async Task Where_nothing_is_known_of_a_source_its_log_is_read_as_far_as_Okta_keeps_it()
    {
        await ReadAsync();
        AssertNear(_time.GetUtcNow() - Kept, Since());
        Assert.Contains(_app.Logs.Entries, entry => entry.StartsWith("Warning", StringComparison.Ordinal) && entry.Contains("No place in the System Log of okta:okta-event-hook-secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_its_place_is_lost_it_goes_on_where_the_source_s_records_end()
    {
        var happened = DateTimeOffset.UtcNow;
        await SignInAsync();
        await ReadAsync();
        await Wait.ForAsync("the record", async () => (await _app.As(Accounts.Audrey).GetAsync("audit?source=okta")).Json["records"]!.AsArray().FirstOrDefault());
        await _app.DisposeAsync();
        await new TableClient(_cloud.Storage.ConnectionString, AccessTable.Name).DeleteRowsAsync(SourceHeartbeats.Partition);
        _time.Advance(TimeSpan.FromDays(3));
        _app = await StartAsync();
        await ReadAsync();
        AssertNear(happened.AddHours(-1), Since());
    }

    [Theory]
    [InlineData(400)]
    [InlineData(410)]
    public async Task Where_Okta_does_not_take_the_place_any_more_it_goes_on_where_it_was_read_to(int status)
    {
        await ReadAsync();
        var readTo = _time.GetUtcNow();
        _time.Advance(TimeSpan.FromDays(2));
        _cloud.Identity.Faults.Add(new Fault("/api/v1/logs", status, Times: 1));
        await ReadAsync();
        await ReadAsync();
        AssertNear(readTo.AddHours(-1), Since());
    }

    [Fact]
    public async Task A_source_that_only_refuses_is_silent_after_a_day()
    {
        await ReadAsync();
        await AnyDayAsync(_cloud.Secrets["auth0-log-stream-secret"]);
        Assert.DoesNotContain("identity-events", await AttentionAsync());
        _time.Advance(TimeSpan.FromHours(23));
        _cloud.Identity.Faults.Add(new Fault("/api/v1/logs", 429, Times: 1));
        await ReadAsync();
        await AnyDayAsync(_cloud.Secrets["auth0-log-stream-secret"]);
        _time.Advance(TimeSpan.FromHours(2));
        Assert.Contains("identity-events", await AttentionAsync());
        await ReadAsync();
        Assert.DoesNotContain("identity-events", await AttentionAsync());
    }

    [Fact]
    public async Task A_source_that_was_never_heard_is_silent_a_day_after_it_was_met_first()
    {
        await ReadAsync();
        Assert.DoesNotContain("identity-events", await AttentionAsync());
        _time.Advance(TimeSpan.FromHours(25));
        await ReadAsync();
        Assert.Contains("identity-events", await AttentionAsync());
        await AnyDayAsync(_cloud.Secrets["auth0-log-stream-secret"]);
        Assert.DoesNotContain("identity-events", await AttentionAsync());
    }

    private Task<App> StartAsync() => App.StartAsync(
        _cloud,
        new()
        {
            ["IdentityEvents:0:OktaDomain"] = _cloud.Identity.Address.AbsoluteUri,
            ["IdentityEvents:0:TokenSecretName"] = "okta-system-log-token",
        },
        services => services.AddSingleton<TimeProvider>(_time));

    private Task ReadAsync() => _app.Services.GetRequiredService<OktaSystemLog>().ReadAsync(Cancellation);

    private Task AnyDayAsync(string secret) =>
        IdentitySources.DeliverAsync(_app, "auth0", secret, IdentitySources.Auth0("ss", "auth0|anybody"));

    private async Task<IReadOnlyList<string?>> AttentionAsync()
    {
        // A look is good for ten seconds.
        _time.Advance(TimeSpan.FromSeconds(11));
        var health = await Answer.OfAsync(await _app.Http.GetAsync("health", Cancellation));
        return health.Json["attention"] is { } attention ? [.. attention.AsArray().Select(one => (string?)one)] : [];
    }

    private async Task SignInAsync()
    {
        using var identity = new HttpClient { BaseAddress = _cloud.Identity.Address };
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "password",
            ["username"] = Accounts.Alice.Email,
            ["password"] = "sandbox",
            ["client_id"] = IdentityProvider.ClientId,
            ["audience"] = IdentityProvider.Audience,
        });
        using var response = await identity.PostAsync("oauth/token", form, Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    /// <summary>From when on the log was asked for the last time that it was asked without a place.</summary>
    private DateTimeOffset Since()
    {
        var asked = _cloud.Identity.Requests.All.Last(request => request.Path == "/api/v1/logs" && request.Query.Contains("since=", StringComparison.Ordinal));
        return DateTimeOffset.Parse(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(asked.Query)["since"]!, CultureInfo.InvariantCulture);
    }

    private static void AssertNear(DateTimeOffset expected, DateTimeOffset found) => Assert.InRange(found, expected.AddMinutes(-2), expected.AddMinutes(2));
}
