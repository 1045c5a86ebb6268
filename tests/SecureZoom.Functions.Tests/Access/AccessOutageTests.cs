using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Access;

/// <summary>Without the list of whom access has ended for, nobody is let in who might be on it.</summary>
[Collection(OwnCloud.Name)]
public sealed class AccessOutageTests(OwnCloud own)
{
    private static readonly Account Alice = Accounts.Alice.In("org_access_outage");

    [Fact]
    public async Task Before_the_first_reading_no_token_is_taken()
    {
        var storage = new StorageTap { Fails = operation => operation.Contains("/access", StringComparison.Ordinal) };
        await using var app = await App.StartAsync(own.Cloud, services: services => storage.Tap(services, own.Cloud));
        Assert.Equal("storage_unavailable", (await app.As(Alice).GetAsync("me")).Code);
        Assert.Equal("storage_unavailable", (await app.As(Alice).GetAsync("meetings")).Code);
        storage.Fails = _ => false;
        await Wait.ForAsync("the list", async () => (await app.As(Alice).GetAsync("me")).Status == HttpStatusCode.OK ? "" : null);
    }

    [Fact]
    public async Task Unread_for_a_minute_only_what_gives_and_changes_nothing_goes_on()
    {
        var (storage, time) = (new StorageTap(), new AdjustableTime());
        await using var app = await App.StartAsync(own.Cloud, services: services =>
        {
            storage.Tap(services, own.Cloud);
            services.AddSingleton<TimeProvider>(time);
        });
        var alice = app.As(Alice);
        var created = await alice.PostAsync("meetings", new JsonObject { ["topic"] = "Planning", ["type"] = 2, ["start_time"] = "2030-01-01T10:00:00Z" });
        var meeting = $"meetings/{created.Json["id"]}";
        storage.Fails = operation => operation.Contains("/access", StringComparison.Ordinal);
        time.Advance(TimeSpan.FromSeconds(61));
        Answer[] answered = [await alice.GetAsync("me"), await alice.GetAsync("meetings"), await alice.GetAsync($"{meeting}/status"), await alice.GetAsync($"{meeting}/details"), await alice.GetAsync($"{meeting}/calendar")];
        Assert.All(answered, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        var carol = app.As(Accounts.Carol.In(Alice.OrganizationId!));
        Answer[] refused =
        [
            await alice.PostAsync("signature", new JsonObject { ["meetingNumber"] = (long)created.Json["id"]! }),
            await alice.GetAsync(meeting),
            await alice.GetAsync($"{meeting}/recordings"),
            await alice.GetAsync($"{meeting}/invitations"),
            await alice.PostAsync($"{meeting}/passcode"),
            await alice.DeleteAsync(meeting),
            await carol.GetAsync("audit"),
            await carol.GetAsync("revocations"),
        ];
        Assert.All(refused, answer => Assert.Equal((HttpStatusCode.ServiceUnavailable, "storage_unavailable"), (answer.Status, answer.Code)));
        storage.Fails = _ => false;
    }

    [Fact]
    public async Task Who_was_out_before_an_instance_s_restart_is_out_after_it()
    {
        var token = IdentitySources.Token("okta|north-okta|00uRestarted");
        await using (var before = await App.StartAsync(own.Cloud, IdentitySources.Settings))
        {
            var told = await IdentitySources.SendAsync(
                before, "okta", IdentitySources.NorthSecret, IdentitySources.Hook(IdentitySources.Okta("user.lifecycle.suspend", "00uRestarted")));
            Assert.Equal(HttpStatusCode.OK, told.Status);
        }

        await using var after = await App.StartAsync(own.Cloud, IdentitySources.Settings);
        Assert.Equal("token_revoked", (await after.As(Accounts.Bob.In(IdentitySources.North), token).GetAsync("me")).Code);
    }

    [Fact]
    public async Task Events_that_cannot_be_kept_are_not_taken()
    {
        var storage = new StorageTap { Fails = operation => operation.Contains("/audit-events/", StringComparison.Ordinal) };
        await using var app = await App.StartAsync(own.Cloud, IdentitySources.Settings, services => storage.Tap(services, own.Cloud));
        var hook = IdentitySources.Hook(IdentitySources.Okta("user.session.start", "00uA"));
        var refused = await IdentitySources.SendAsync(app, "okta", IdentitySources.NorthSecret, hook);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "audit_unavailable"), (refused.Status, refused.Code));
        storage.Fails = _ => false;
        Assert.Equal(HttpStatusCode.OK, (await IdentitySources.SendAsync(app, "okta", IdentitySources.NorthSecret, hook)).Status);
    }

    [Fact]
    public async Task What_ends_somebody_s_access_is_on_record_also_where_nobody_can_be_put_out()
    {
        var (storage, person) = (new StorageTap(), $"00u{Guid.NewGuid():N}"[..20]);
        await using var app = await App.StartAsync(own.Cloud, IdentitySources.Settings, services => storage.Tap(services, own.Cloud));
        var auditor = app.As(Accounts.Audrey.In(IdentitySources.North));
        Assert.Equal(HttpStatusCode.OK, (await auditor.GetAsync("me")).Status);
        storage.Fails = operation => operation.Contains("/access", StringComparison.Ordinal) || operation.Contains("/$batch", StringComparison.Ordinal);
        var hook = IdentitySources.Hook(IdentitySources.Okta("user.lifecycle.suspend", person));
        Assert.Equal("storage_unavailable", (await IdentitySources.SendAsync(app, "okta", IdentitySources.NorthSecret, hook)).Code);
        storage.Fails = _ => false;

        await FindAsync();
        // Told again, the person is out, and it is one record.
        Assert.Equal(HttpStatusCode.OK, (await IdentitySources.SendAsync(app, "okta", IdentitySources.NorthSecret, hook)).Status);
        Assert.Equal("token_revoked", (await app.As(Accounts.Bob.In(IdentitySources.North), IdentitySources.Token($"okta|north-okta|{person}")).GetAsync("me")).Code);
        await FindAsync();

        Task<JsonNode> FindAsync() => Wait.ForAsync("the record", async () =>
            (await auditor.GetAsync("audit?action=person.suspended&limit=500")).Json["records"]!.AsArray()
                .SingleOrDefault(record => record!.ToJsonString().Contains(person, StringComparison.OrdinalIgnoreCase)));
    }
}
