using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Invitations;

/// <summary>An invitation opens one meeting, as participant, for whom it names, until it ends or its key is gone.</summary>
public sealed class InvitationTests(Cloud cloud) : IAsyncLifetime
{
    private const string Owner = "org_invitations";
    private const string Guests = "org_invitations_guests";

    private static readonly Account Alice = Accounts.Alice.In(Owner);
    private static readonly Account Erin = Accounts.Erin.In(Guests);
    private static readonly Account Dave = Accounts.Dave.In(Guests);

    private App _app = null!;
    private long _number;

    public async ValueTask InitializeAsync()
    {
        _app = await App.StartAsync(cloud);
        _number = await CreateAsync();
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task It_opens_its_meeting_for_everybody_of_its_organisation_as_participant()
    {
        var (invitation, expires) = await InviteAsync(new JsonObject { ["organization"] = Guests });
        foreach (var guest in (Account[])[Erin, Dave])
        {
            var signed = await SignAsync(guest, invitation, role: 1);
            Assert.True(signed.Status == HttpStatusCode.OK, signed.Text);
            Assert.Equal(0, (int)signed.Json["role"]!);
            Assert.False(signed.Json.ContainsKey("zak"));

            var read = await ReadAsync(guest, invitation);
            Assert.Equal(["duration", "id", "password", "start_time", "timezone", "topic"], read.Json.Select(member => member.Key).Order());
            Assert.Equal((string?)(await _app.As(Alice).GetAsync($"meetings/{_number}")).Json["password"], (string?)read.Json["password"]);
        }

        Assert.True(expires > DateTimeOffset.UtcNow);
        await AssertRefusedAsync("another organisation", Accounts.Bob.In("org_invitations_other"), invitation);
        await AssertRefusedAsync("the owner's own people", Accounts.Bob.In(Owner), invitation);
        foreach (var organization in (string[])[Owner, Guests])
        {
            var record = await Wait.ForAsync($"the guest's signature in {organization}'s trail", async () =>
            {
                var page = await _app.As(Accounts.Audrey.In(organization)).GetAsync($"audit?meeting={_number}&action=signature.issued&person={Uri.EscapeDataString(Erin.Subject)}");
                return page.Json["records"]!.AsArray().FirstOrDefault();
            });
            Assert.Equal(("invitation", 1, 0), ((string?)record["reason"], (int)record["details"]!["requestedRole"]!, (int)record["details"]!["role"]!));
        }
    }

    [Fact]
    public async Task It_opens_its_meeting_for_the_verified_address_that_it_names()
    {
        var (invitation, _) = await InviteAsync(new JsonObject { ["email"] = Erin.Email.ToUpperInvariant() });
        Assert.Equal(HttpStatusCode.OK, (await SignAsync(Erin, invitation)).Status);
        await AssertRefusedAsync(
            "the same address in another organisation", Accounts.Erin.In("org_invitations_elsewhere") with { Email = Erin.Email }, invitation);
        await AssertRefusedAsync("somebody else", Dave, invitation);
        await AssertRefusedAsync("an address that is not verified", Erin, invitation, AccountExtensions.Unverified);
        await AssertRefusedAsync(
            "no address", Erin, invitation, new TokenOverrides(Claims: new JsonObject { ["https://securezoom.example/email"] = null }));
    }

    [Fact]
    public async Task It_opens_no_other_meeting_and_does_not_tell_whether_there_is_one()
    {
        var (invitation, _) = await InviteAsync(new JsonObject { ["organization"] = Guests });
        var other = await CreateAsync();
        var own = await _app.As(Dave).PostAsync("meetings", new JsonObject { ["topic"] = "Dave's own" });
        var answers = new List<Answer>();
        foreach (var number in (long[])[other, 85_000_000_001, (long)own.Json["id"]!])
        {
            answers.Add(await SignAsync(Erin, invitation, number: number));
            answers.Add(await ReadAsync(Erin, invitation, number));
        }

        Assert.All(answers, answer => Assert.Equal((HttpStatusCode.NotFound, "meeting_not_found"), (answer.Status, answer.Code)));
        Assert.Single(answers.Select(answer => answer.WithoutTraceId()).Distinct());
    }

    [Fact]
    public async Task It_ends_and_a_signature_never_outlives_it()
    {
        var (invitation, expires) = await InviteAsync(new JsonObject { ["organization"] = Guests, ["expiresInSeconds"] = 60 });
        var signed = await SignAsync(Erin, invitation);
        Assert.Equal(expires, (DateTimeOffset)signed.Json["expiresAt"]!);
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(((string)signed.Json["signature"]!).Split('.')[1]))!;
        Assert.Equal(expires.ToUnixTimeSeconds(), (long)claims["exp"]!);
        Assert.Equal(1800, (long)claims["exp"]! - (long)claims["iat"]!);

        await using var later = await App.StartAsync(
            cloud, services: services => services.AddSingleton<TimeProvider>(new ShiftedTime(TimeSpan.FromSeconds(60))));
        await AssertRefusedAsync("it has ended", Erin, invitation, app: later);
    }

    [Fact]
    public async Task A_change_anywhere_in_it_makes_it_void()
    {
        var (invitation, _) = await InviteAsync(new JsonObject { ["organization"] = Guests });
        foreach (var chunk in Enumerable.Range(0, invitation.Length).Chunk(40))
        {
            // Somebody else of the organisation each time: one alone would be told to wait.
            var guest = new TokenOverrides(Claims: new JsonObject { ["sub"] = $"guest|{chunk[0]}" });
            await Task.WhenAll(chunk.Select(index => AssertRefusedAsync(
                $"changed at {index}", Erin, $"{invitation[..index]}{Other(invitation[index])}{invitation[(index + 1)..]}", guest, readOnly: true)));
        }

        var parts = invitation.Split('.');
        string[] wrong =
        [
            "", ".", "....", invitation + "=", invitation + ".", invitation[..^1], $"{parts[0]}.{parts[0]}.{parts[2]}.{parts[3]}.{parts[4]}",
            $"{Base64Url.EncodeToString("""{"alg":"none"}"""u8)}..{parts[2]}.{parts[3]}.", new string('A', 20_000),
        ];
        foreach (var token in wrong)
        {
            await AssertRefusedAsync(token.Length > 40 ? token[..40] : token, Erin, token, readOnly: true);
        }
    }

    [Fact]
    public async Task Whoever_invites_is_told_which_organisations_theirs_has_invited_before_and_of_no_other()
    {
        await InviteAsync(new JsonObject { ["organization"] = Guests });
        await InviteAsync(new JsonObject { ["email"] = "gwen@guest.example" });
        var next = await CreateAsync();
        var told = await _app.As(Alice).GetAsync($"meetings/{next}/invitations?include=organizations");
        Assert.Empty(told.Json["invitations"]!.AsArray());
        Assert.Equal([Guests], told.Json["organizations"]!.AsArray().Select(organization => (string?)organization));
        Assert.False((await _app.As(Alice).GetAsync($"meetings/{next}/invitations")).Json.ContainsKey("organizations"));
        Assert.Equal(HttpStatusCode.BadRequest, (await _app.As(Alice).GetAsync($"meetings/{next}/invitations?include=all")).Status);

        var theirs = await _app.As(Dave).PostAsync("meetings", new JsonObject { ["topic"] = "Their own" });
        var theirList = await _app.As(Dave).GetAsync($"meetings/{theirs.Json["id"]}/invitations?include=organizations");
        Assert.Empty(theirList.Json["organizations"]!.AsArray());
    }

    [Fact]
    public async Task What_is_sealed_for_another_purpose_is_no_invitation()
    {
        await CreateAsync();
        var page = await _app.As(Alice).GetAsync("meetings?pageSize=1");
        await AssertRefusedAsync("a cursor", Erin, (string)page.Json["cursor"]!);
        await AssertRefusedAsync("an access token", Erin, _app.As(Erin).Token);
    }

    [Fact]
    public async Task Its_key_rotates_and_once_disabled_opens_nothing()
    {
        var (before, _) = await InviteAsync(new JsonObject { ["organization"] = Guests });
        var (old, next) = (cloud.Secrets["grant-key"], Convert.ToBase64String(Encoding.UTF8.GetBytes("the next invitation key, 32 bytes long")));
        await using var rotated = await App.StartAsync(cloud, Keys(next, old));
        Assert.Equal(HttpStatusCode.OK, (await SignAsync(Erin, before, app: rotated)).Status);
        var (after, _) = await InviteAsync(new JsonObject { ["organization"] = Guests }, rotated);
        Assert.NotEqual(before.Split('.')[0], after.Split('.')[0]);
        await AssertRefusedAsync("a key that is not known yet", Erin, after);

        await using var disabled = await App.StartAsync(cloud, Keys(next));
        Assert.Equal(HttpStatusCode.OK, (await SignAsync(Erin, after, app: disabled)).Status);
        await AssertRefusedAsync("a disabled key", Erin, before, app: disabled);
    }

    [Fact]
    public async Task It_can_be_read_by_nobody_who_holds_it()
    {
        var (invitation, _) = await InviteAsync(new JsonObject { ["organization"] = Guests });
        var clear = string.Concat(invitation.Split('.').Where(part => part.Length > 0)
            .Select(part => Encoding.Latin1.GetString(Base64Url.DecodeFromChars(part))));
        Assert.DoesNotContain(Guests, clear, StringComparison.Ordinal);
        Assert.DoesNotContain($"{_number}", clear, StringComparison.Ordinal);
        Assert.DoesNotContain("Granted", clear, StringComparison.Ordinal);
    }

    private static Dictionary<string, string?> Keys(params string[] newestFirst)
    {
        var settings = new Dictionary<string, string?> { ["Secrets:grant-key"] = null };
        foreach (var (index, key) in newestFirst.Index())
        {
            settings[$"Secrets:grant-key:{index}"] = key;
        }

        return settings;
    }

    private static char Other(char c) => c == 'A' ? 'B' : 'A';

    private async Task AssertRefusedAsync(
        string why, Account account, string invitation, TokenOverrides? overrides = null, App? app = null, bool readOnly = false)
    {
        var read = await ReadAsync(account, invitation, overrides: overrides, app: app);
        Assert.Equal((why, HttpStatusCode.Forbidden, "invalid_invitation"), (why, read.Status, read.Code));
        if (!readOnly)
        {
            var signed = await SignAsync(account, invitation, overrides: overrides, app: app);
            Assert.Equal((why, HttpStatusCode.Forbidden, "invalid_invitation"), (why, signed.Status, signed.Code));
            Assert.Equal(read.WithoutTraceId(), signed.WithoutTraceId());
        }
    }

    private async Task<long> CreateAsync()
    {
        var created = await _app.As(Alice).PostAsync(
            "meetings", new JsonObject { ["topic"] = "Granted", ["start_time"] = "2026-12-01T14:30:00Z", ["duration"] = 30 });
        Assert.True(created.Status == HttpStatusCode.Created, created.Text);
        return (long)created.Json["id"]!;
    }

    private async Task<(string Invitation, DateTimeOffset Expires)> InviteAsync(JsonObject body, App? app = null)
    {
        var invited = await (app ?? _app).As(Alice).PostAsync($"meetings/{_number}/invitations", body);
        Assert.True(invited.Status == HttpStatusCode.Created, invited.Text);
        return ((string)invited.Json["invitation"]!, (DateTimeOffset)invited.Json["expiresAt"]!);
    }

    private Task<Answer> SignAsync(
        Account account, string invitation, int role = 0, long? number = null, TokenOverrides? overrides = null, App? app = null) =>
        (app ?? _app).As(account, overrides).PostAsync(
            "signature", new JsonObject { ["meetingNumber"] = number ?? _number, ["role"] = role, ["invitation"] = invitation });

    private Task<Answer> ReadAsync(
        Account account, string invitation, long? number = null, TokenOverrides? overrides = null, App? app = null) =>
        (app ?? _app).As(account, overrides).GetAsync($"meetings/{number ?? _number}", ("Meeting-Invitation", invitation));
}
