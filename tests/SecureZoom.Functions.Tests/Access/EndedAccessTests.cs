using System.Net;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;
using static SecureZoom.Functions.Tests.Support.IdentitySources;

namespace SecureZoom.Functions.Tests.Access;

/// <summary>Who is out at the identity provider is out here: by state until its opposite, by moment for every earlier sign-in, and nobody else.</summary>
public sealed class EndedAccessTests(Cloud cloud) : IAsyncLifetime
{
    private readonly string _id = $"00u{Guid.NewGuid():N}"[..20];
    private App _app = null!;

    private string Subject => $"okta|north-okta|{_id}";

    public async ValueTask InitializeAsync() => _app = await App.StartAsync(cloud, IdentitySources.Settings);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [InlineData("user.lifecycle.suspend", "user.lifecycle.unsuspend")]
    [InlineData("user.lifecycle.deactivate", "user.lifecycle.activate")]
    [InlineData("user.lifecycle.delete.initiated", null)]
    public async Task A_state_refuses_every_token_until_its_opposite(string ends, string? restores)
    {
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(Subject)).Status);
        await TellAsync(Okta(ends, _id));
        var refused = await CallAsync(Subject);
        Assert.Equal((HttpStatusCode.Unauthorized, "token_revoked"), (refused.Status, refused.Code));
        Assert.StartsWith("Bearer error=\"invalid_token\"", refused.Headers.WwwAuthenticate.Single().ToString(), StringComparison.Ordinal);
        // A sign-in or a refresh since does not help.
        Assert.Equal("token_revoked", (await CallAsync(Subject, signedInAgo: 0)).Code);
        if (restores is not null)
        {
            await TellAsync(Okta(restores, _id));
            Assert.Equal(HttpStatusCode.OK, (await CallAsync(Subject)).Status);
        }
    }

    [Theory]
    [InlineData("user.session.clear")]
    [InlineData("user.account.reset_password")]
    [InlineData("group.user_membership.remove")]
    public async Task A_moment_refuses_who_signed_in_before_it_or_does_not_say_when(string type)
    {
        await TellAsync(Okta(type, _id, at: DateTimeOffset.UtcNow.AddSeconds(-100)));
        Assert.Equal("token_revoked", (await CallAsync(Subject, signedInAgo: 600)).Code);
        Assert.Equal("token_revoked", (await CallAsync(Subject, signedInAgo: null)).Code);
        Assert.Equal("token_revoked", (await CallAsync(Subject, signedInAgo: -3600)).Code);
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(Subject, signedInAgo: 50)).Status);
    }

    [Fact]
    public async Task A_group_that_gives_nothing_ends_nothing_nor_does_what_failed()
    {
        await TellAsync(Okta("group.user_membership.remove", _id, group: "chess-club"));
        await TellAsync(Okta("user.lifecycle.suspend", _id, result: "FAILURE"));
        await TellAsync(Okta("user.lifecycle.suspend", _id, result: "SKIPPED"));
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(Subject)).Status);
    }

    [Theory]
    [InlineData("SKIPPED")]
    [InlineData("UNKNOWN")]
    [InlineData("CHALLENGE")]
    [InlineData(null)]
    public async Task What_is_not_said_to_have_succeeded_lets_nobody_in_again(string? result)
    {
        await TellAsync(Okta("user.lifecycle.suspend", _id));
        var restored = Okta("user.lifecycle.unsuspend", _id, at: DateTimeOffset.UtcNow.AddSeconds(1));
        restored["outcome"] = result is null ? null : new JsonObject { ["result"] = result };
        await TellAsync(restored);
        Assert.Equal("token_revoked", (await CallAsync(Subject)).Code);
    }

    [Fact]
    public async Task Of_two_in_one_call_the_later_counts_though_both_are_ahead_of_our_clock()
    {
        var now = DateTimeOffset.UtcNow;
        var told = await SendAsync(
            _app,
            "okta",
            NorthSecret,
            Hook(Okta("user.lifecycle.unsuspend", _id, at: now.AddMinutes(1)), Okta("user.lifecycle.suspend", _id, at: now.AddMinutes(2))));
        Assert.Equal(HttpStatusCode.OK, told.Status);
        Assert.Equal("token_revoked", (await CallAsync(Subject)).Code);
    }

    [Fact]
    public async Task An_event_without_a_time_is_recorded_and_ends_nothing()
    {
        var timeless = Okta("user.lifecycle.suspend", _id);
        timeless.Remove("published");
        await TellAsync(timeless);
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(Subject)).Status);
    }

    [Theory]
    [InlineData("google-apps|{0}@acme.example")]
    [InlineData("samlp|acme+saml|{0}/x=")]
    public async Task Whatever_an_Auth0_id_is_made_of_its_person_s_access_ends(string form)
    {
        var user = string.Format(System.Globalization.CultureInfo.InvariantCulture, form, _id);
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(user)).Status);
        await DeliverAsync(_app, "auth0", StreamSecret, Auth0("sdu", user));
        Assert.Equal("token_revoked", (await CallAsync(user)).Code);
    }

    [Fact]
    public async Task Events_out_of_order_and_again_leave_what_happened_last()
    {
        var now = DateTimeOffset.UtcNow;
        var suspended = Okta("user.lifecycle.suspend", _id, at: now.AddMinutes(-10));
        await TellAsync(Okta("user.lifecycle.unsuspend", _id, at: now.AddMinutes(-5)));
        await TellAsync(suspended);
        await TellAsync(suspended);
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(Subject)).Status);
        await TellAsync(Okta("user.lifecycle.suspend", _id, at: now.AddMinutes(-4)));
        await TellAsync(Okta("user.lifecycle.unsuspend", _id, at: now.AddMinutes(-5)));
        Assert.Equal("token_revoked", (await CallAsync(Subject)).Code);
    }

    [Fact]
    public async Task An_Okta_organisation_ends_nobody_s_access_but_its_own_people_s()
    {
        // The same id, told by another organisation: its connection makes another subject of it.
        await TellAsync(Okta("user.lifecycle.suspend", _id), SouthSecret);
        await TellAsync(Okta("user.lifecycle.suspend", Subject), SouthSecret);
        await TellAsync(Okta("user.lifecycle.suspend", $"x|north-okta|{_id}"), SouthSecret);
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(Subject)).Status);
        Assert.Equal("token_revoked", (await CallAsync($"okta|south-okta|{_id}")).Code);
    }

    [Fact]
    public async Task An_address_alone_ends_nothing()
    {
        var byAddress = Okta("user.lifecycle.suspend", "00uSomebodyElse");
        byAddress["target"]!.AsArray()[1]!["alternateId"] = Accounts.Bob.In(North).Email;
        await TellAsync(byAddress);
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(Subject)).Status);
    }

    [Fact]
    public async Task Auth0_ends_access_in_its_source_s_organisations_only()
    {
        var user = $"auth0|{_id}";
        var blocked = Auth0("sapi", null);
        blocked["data"]!["details"] = new JsonObject
        {
            ["request"] = new JsonObject { ["method"] = "patch", ["path"] = $"/api/v2/users/{Uri.EscapeDataString(user)}", ["body"] = new JsonObject { ["blocked"] = true } },
        };
        await DeliverAsync(_app, "auth0", StreamSecret, blocked);
        Assert.Equal("token_revoked", (await CallAsync(user)).Code);
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(user, organization: South)).Status);
        var unblocked = blocked.DeepClone().AsObject();
        (unblocked["log_id"], unblocked["data"]!["date"]) = ("another", DateTimeOffset.UtcNow.ToString("O"));
        unblocked["data"]!["details"]!["request"]!["body"]!["blocked"] = false;
        await DeliverAsync(_app, "auth0", StreamSecret, unblocked);
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(user)).Status);
    }

    [Fact]
    public async Task A_stranger_s_wrong_passwords_end_nobody_s_access()
    {
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await TellAsync(Okta("user.session.start", _id, result: "FAILURE"));
            await DeliverAsync(_app, "auth0", StreamSecret, Auth0("fp", Subject));
        }

        await TellAsync(Okta("user.account.lock", _id));
        await DeliverAsync(_app, "auth0", StreamSecret, Auth0("limit_wc", Subject));
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(Subject)).Status);
    }

    [Fact]
    public async Task Another_instance_and_one_that_starts_later_know_it_within_15_seconds()
    {
        await using var other = await App.StartAsync(cloud, IdentitySources.Settings);
        await TellAsync(Okta("user.lifecycle.suspend", _id));
        var told = DateTimeOffset.UtcNow;
        await Wait.ForAsync("the other instance", async () => (await CallAsync(Subject, app: other)).Code);
        Assert.True(DateTimeOffset.UtcNow - told < TimeSpan.FromSeconds(15));
        await using var later = await App.StartAsync(cloud, IdentitySources.Settings);
        Assert.Equal("token_revoked", (await CallAsync(Subject, app: later)).Code);
    }

    private Task TellAsync(JsonObject log, string secret = NorthSecret) =>
        DeliverAsync(_app, "okta", secret, Hook(log));

    private Task<Answer> CallAsync(string subject, int? signedInAgo = 600, string organization = North, App? app = null) =>
        (app ?? _app).As(Accounts.Bob.In(organization), Token(subject, signedInAgo)).GetAsync("me");
}
