using System.Net;
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
    public async Task Unread_for_a_minute_only_who_one_is_is_answered()
    {
        var (storage, time) = (new StorageTap(), new AdjustableTime());
        await using var app = await App.StartAsync(own.Cloud, services: services =>
        {
            storage.Tap(services, own.Cloud);
            services.AddSingleton<TimeProvider>(time);
        });
        Assert.Equal(HttpStatusCode.OK, (await app.As(Alice).GetAsync("meetings")).Status);
        storage.Fails = operation => operation.Contains("/access", StringComparison.Ordinal);
        time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal("storage_unavailable", (await app.As(Alice).GetAsync("meetings")).Code);
        Assert.Equal(HttpStatusCode.OK, (await app.As(Alice).GetAsync("me")).Status);
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
}
