using System.Net;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using SecureZoom.Functions.Revocations;
using SecureZoom.Functions.Storage;
using SecureZoom.Functions.Tests.Audit;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;
using static SecureZoom.Functions.Tests.Support.IdentitySources;

namespace SecureZoom.Functions.Tests.Access;

/// <summary>Whoever empties the list of ended access lets nobody in: it is made anew from the trails, and until then no token is taken.</summary>
public sealed class AccessRebuildTests : IAsyncLifetime
{
    private const string Suspended = "okta|north-okta|00uSuspended";
    private const string Restored = "okta|north-okta|00uRestored";
    private const string Blocked = "samlp|north|b;l,ocked@north.test";

    private readonly Cloud _cloud = new();
    private TableClient _table = null!;

    public async ValueTask InitializeAsync()
    {
        await _cloud.InitializeAsync();
        _table = new TableClient(_cloud.Storage.ConnectionString, AccessTable.Name);
    }

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public async Task It_is_the_same_as_before_however_often_it_is_made()
    {
        await using (var app = await App.StartAsync(_cloud, IdentitySources.Settings))
        {
            await PutPeopleOutAsync(app);
        }

        var before = await ReadAsync();
        Assert.NotEmpty(before);
        for (var time = 0; time < 2; time++)
        {
            await _table.DeleteRowsAsync(EndedAccessList.Partition);
            await using var app = await App.StartAsync(_cloud, IdentitySources.Settings);
            Assert.Equal("token_revoked", (await CallAsync(app, Suspended)).Code);
            Assert.Equal("token_revoked", (await CallAsync(app, Blocked)).Code);
            Assert.Equal("token_revoked", (await CallAsync(app, Accounts.Bob.Subject)).Code);
            Assert.Equal(HttpStatusCode.OK, (await CallAsync(app, Accounts.Bob.Subject, signedInAgo: -5)).Status);
            Assert.Equal(HttpStatusCode.OK, (await CallAsync(app, Restored)).Status);
            Assert.Equal(HttpStatusCode.OK, (await CallAsync(app, Accounts.Erin.Subject)).Status);
            Assert.Equal(before, await ReadAsync());
        }
    }

    [Fact]
    public async Task While_the_trails_cannot_be_read_no_token_is_taken()
    {
        await using (var app = await App.StartAsync(_cloud, IdentitySources.Settings))
        {
            await PutPeopleOutAsync(app);
        }

        await _table.DeleteRowsAsync(EndedAccessList.Partition);
        var storage = new StorageTap { Fails = operation => operation.Contains("/audit()", StringComparison.Ordinal) };
        await using var anew = await App.StartAsync(_cloud, IdentitySources.Settings, services => storage.Tap(services, _cloud));
        Assert.Equal("storage_unavailable", (await CallAsync(anew, Suspended)).Code);
        Assert.Equal("storage_unavailable", (await CallAsync(anew, Restored)).Code);
        Assert.Contains("ended-access-full -", anew.Logs.Alerts());
        storage.Fails = _ => false;
        await Wait.ForAsync("the list", async () => (await CallAsync(anew, Restored)).Status == HttpStatusCode.OK ? "" : null);
        Assert.Equal("token_revoked", (await CallAsync(anew, Suspended)).Code);
    }

    [Fact]
    public async Task Where_a_trail_does_not_verify_everybody_has_to_sign_in_again_and_elsewhere_nobody()
    {
        await using (var app = await App.StartAsync(_cloud, IdentitySources.Settings))
        {
            await PutPeopleOutAsync(app);
        }

        await _table.DeleteRowsAsync(EndedAccessList.Partition);
        var trail = new TableClient(_cloud.Storage.ConnectionString, "audit");
        var key = 1.ToString("D19", System.Globalization.CultureInfo.InvariantCulture);
        await trail.DeleteEntityAsync(North, key, cancellationToken: TestContext.Current.CancellationToken);
        await using var anew = await App.StartAsync(_cloud, IdentitySources.Settings);
        Assert.Equal("token_revoked", (await CallAsync(anew, Restored)).Code);
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(anew, Restored, signedInAgo: -20)).Status);
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(anew, Restored, organization: South)).Status);
        Assert.Contains("ended-access-full", (await anew.As(Accounts.Alice).GetAsync("health")).Json["attention"]!.AsArray().Select(one => (string?)one));
    }

    /// <summary>By Okta, by Auth0 and by hand, and some of it undone.</summary>
    private static async Task PutPeopleOutAsync(App app)
    {
        var now = DateTimeOffset.UtcNow;
        await TellAsync(app, "okta", NorthSecret, Hook(
            Okta("user.lifecycle.suspend", "00uSuspended", at: now.AddDays(-3)),
            Okta("user.lifecycle.suspend", "00uRestored", at: now.AddDays(-2)),
            Okta("user.lifecycle.unsuspend", "00uRestored", at: now.AddDays(-1))));
        await TellAsync(app, "auth0", StreamSecret, Auth0("sdu", Blocked, at: now.AddHours(-1)));
        var carol = app.As(Accounts.Carol.In(North));
        Assert.Equal(HttpStatusCode.Created, (await RevokeAsync(carol, Accounts.Bob.Subject)).Status);
        var lifted = await RevokeAsync(carol, Accounts.Erin.Subject);
        Assert.Equal(HttpStatusCode.NoContent, (await carol.DeleteAsync($"revocations/{lifted.Json["id"]}")).Status);
        foreach (var action in (string[])["person.suspended", "person.restored", "person.deleted", "access.restored"])
        {
            await Wait.ForAsync(action, async () => (await app.As(Accounts.Audrey.In(North)).GetAsync($"audit?action={action}")).Json["records"]!.AsArray().FirstOrDefault());
        }
    }

    private static async Task TellAsync(App app, string path, string secret, JsonNode body) =>
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(app, path, secret, body)).Status);

    private static Task<Answer> RevokeAsync(Person carol, string subject) =>
        carol.PostAsync("revocations", new JsonObject { ["person"] = subject, ["reason"] = "left the company" });

    private static Task<Answer> CallAsync(App app, string subject, int signedInAgo = 600, string organization = North) =>
        app.As(Accounts.Bob.In(organization), Token(subject, signedInAgo)).GetAsync("me");

    /// <summary>What holds, and since when.</summary>
    private async Task<IReadOnlyList<string>> ReadAsync() =>
    [
        .. (await _table.QueryAsync<TableEntity>(row => row.PartitionKey == EndedAccessList.Partition, cancellationToken: TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken))
            .Where(row => row.GetBoolean("Holds") == true)
            .Select(row => $"{row.RowKey} {row["Kind"]} {row["Issuer"]} {row["Subject"]} {row["Reach"]} {row["Organization"]} {row["Reason"]} {row["By"]} {row["At"]}"),
    ];
}
