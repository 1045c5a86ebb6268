using System.Net;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Audit;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Identity;

/// <summary>While nobody can say who owns which e-mail domain, whatever needs no address goes on.</summary>
public sealed class DomainOutageTests(Cloud cloud) : IAsyncLifetime
{
    private readonly string _organization = Story.NewOrganization();
    private readonly StorageTap _storage = new() { Fails = operation => operation.Contains("domains", StringComparison.Ordinal) };
    private App _app = null!;
    private string _meeting = null!;
    private string _toAddress = null!;
    private string _toOrganization = null!;

    private Account Alice => Accounts.Alice.In(_organization);

    private Account Carol => Accounts.Carol.In(_organization);

    public async ValueTask InitializeAsync()
    {
        await using (var before = await App.StartAsync(cloud))
        {
            _meeting = (await before.As(Alice).PostAsync("meetings", new JsonObject { ["topic"] = "Planning" })).Json["id"]!.ToString();
            _toAddress = await InviteAsync(before, new JsonObject { ["email"] = Accounts.Gwen.Email });
            _toOrganization = await InviteAsync(before, new JsonObject { ["organization"] = Accounts.Dave.OrganizationId });
        }

        _app = await App.StartAsync(cloud, services: services => _storage.Tap(services, cloud));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Only_where_an_address_counts_is_anything_refused()
    {
        var (alice, carol) = (_app.As(Alice), _app.As(Carol));
        await GoesOnAsync(alice.GetAsync("me"));
        await GoesOnAsync(alice.GetAsync("meetings"));
        await GoesOnAsync(alice.GetAsync($"meetings/{_meeting}"));
        await GoesOnAsync(carol.GetAsync("audit"));
        await GoesOnAsync(carol.PatchAsync($"meetings/{_meeting}", new JsonObject { ["topic"] = "Changed" }));
        await GoesOnAsync(JoinAsync(Accounts.Dave, _toOrganization));

        await IsUnavailableAsync(alice.PostAsync("meetings", new JsonObject { ["topic"] = "Another" }));
        await IsUnavailableAsync(alice.DeleteAsync($"meetings/{_meeting}"));
        await IsUnavailableAsync(carol.PatchAsync(
            $"meetings/{_meeting}", new JsonObject { ["settings"] = new JsonObject { ["alternative_hosts"] = Carol.Email } }));
        await IsUnavailableAsync(alice.PostAsync($"meetings/{_meeting}/invitations", new JsonObject { ["email"] = Accounts.Gwen.Email }));
        await IsUnavailableAsync(JoinAsync(Accounts.Gwen, _toAddress));

        // To whom it is not made out it never opens, whoever owns what.
        Assert.Equal("invalid_invitation", (await JoinAsync(Accounts.Dave, _toAddress)).Code);
    }

    [Fact]
    public async Task Who_asks_to_host_joins_as_a_participant_and_is_told_why()
    {
        var signed = await _app.As(Alice).PostAsync("signature", new JsonObject { ["meetingNumber"] = _meeting, ["role"] = 1 });
        Assert.Equal((HttpStatusCode.OK, 0, "email_domains_unavailable"), (signed.Status, (int)signed.Json["role"]!, (string?)signed.Json["reason"]));
        Assert.False(signed.Json.ContainsKey("zak"));
    }

    [Fact]
    public async Task A_domain_that_cannot_be_written_down_does_not_count_and_the_call_goes_on()
    {
        var storage = new StorageTap();
        await using var app = await App.StartAsync(cloud, services: services => storage.Tap(services, cloud));
        var alice = app.As(Accounts.Alice.In(Story.NewOrganization()));
        await GoesOnAsync(app.As(Accounts.Alice).GetAsync("me"));
        storage.Fails = operation => operation.Contains("$batch", StringComparison.Ordinal);
        await GoesOnAsync(alice.GetAsync("me"));
        Assert.Equal("email_domain_unknown", (await alice.PostAsync("meetings", new JsonObject { ["topic"] = "Planning" })).Code);
        Assert.Contains(app.Logs.Entries, entry => entry.Contains("are not written down", StringComparison.Ordinal));

        storage.Fails = _ => false;
        await GoesOnAsync(alice.PostAsync("meetings", new JsonObject { ["topic"] = "Planning" }));
    }

    private static async Task GoesOnAsync(Task<Answer> answer) => Assert.True((await answer).Status < HttpStatusCode.BadRequest, (await answer).Text);

    private static async Task IsUnavailableAsync(Task<Answer> answer)
    {
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "storage_unavailable"), ((await answer).Status, (await answer).Code));
        Assert.NotNull((await answer).Headers.RetryAfter);
    }

    private async Task<string> InviteAsync(App app, JsonObject whom) =>
        (string)(await app.As(Alice).PostAsync($"meetings/{_meeting}/invitations", whom)).Json["invitation"]!;

    private Task<Answer> JoinAsync(Account account, string invitation) => _app.As(account).PostAsync(
        "signature", new JsonObject { ["meetingNumber"] = _meeting, ["invitation"] = invitation });
}
