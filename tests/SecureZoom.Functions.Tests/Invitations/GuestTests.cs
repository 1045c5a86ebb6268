using System.Net;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Invitations;

/// <summary>Somebody of no organisation, invited by her verified address in a domain that is nobody's.</summary>
public sealed class GuestTests(Cloud cloud) : IAsyncLifetime
{
    private const string Owner = "org_guests_owner";

    private static readonly Account Alice = Accounts.Alice.In(Owner);
    private static readonly Account Gwen = Accounts.Gwen;

    private App _app = null!;
    private long _number;
    private string _invitation = "";

    public async ValueTask InitializeAsync()
    {
        _app = await App.StartAsync(cloud);
        _number = (long)(await _app.As(Alice).PostAsync("meetings", new JsonObject { ["topic"] = "With Gwen" })).Json["id"]!;
        _invitation = await InviteAsync(Gwen.Email.ToUpperInvariant());
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task She_joins_as_participant_and_the_owner_s_trail_alone_tells_of_it()
    {
        var signed = await SignAsync(Gwen, role: 1);
        Assert.True(signed.Status == HttpStatusCode.OK, signed.Text);
        Assert.Equal((0, "invitation", false), ((int)signed.Json["role"]!, (string?)signed.Json["reason"], signed.Json.ContainsKey("zak")));
        var read = await _app.As(Gwen).GetAsync($"meetings/{_number}", ("Meeting-Invitation", _invitation));
        Assert.True(read.Json.ContainsKey("password"), read.Text);

        foreach (var action in (string[])["signature.issued", "passcode.issued"])
        {
            var record = await Wait.ForAsync(action, async () => (await _app.As(Accounts.Audrey.In(Owner))
                .GetAsync($"audit?meeting={_number}&action={action}&person={Uri.EscapeDataString(Gwen.Subject)}")).Json["records"]!.AsArray().FirstOrDefault());
            Assert.Equal(("invitation", Gwen.Email), ((string?)record["reason"], (string?)record["actor"]!["email"]));
        }

        var unassigned = await _app.As(Accounts.Olive).GetAsync($"audit?organization=unassigned&meeting={_number}");
        Assert.Empty(unassigned.Json["records"]!.AsArray());
    }

    [Fact]
    public async Task Without_the_invitation_and_everywhere_else_she_needs_an_organisation()
    {
        var gwen = _app.As(Gwen);
        Answer[] refused =
        [
            await gwen.PostAsync("signature", new JsonObject { ["meetingNumber"] = _number }),
            await gwen.GetAsync($"meetings/{_number}"),
            await gwen.GetAsync("meetings"),
            await gwen.PostAsync("meetings", new JsonObject { ["topic"] = "Mine" }),
            await gwen.DeleteAsync($"meetings/{_number}"),
            await gwen.PostAsync($"meetings/{_number}/invitations", new JsonObject { ["email"] = Gwen.Email }),
            await gwen.GetAsync("audit"),
        ];
        Assert.All(refused, answer => Assert.Equal((HttpStatusCode.Forbidden, "organization_required"), (answer.Status, answer.Code)));
        var me = await gwen.GetAsync("me");
        Assert.Equal((Gwen.Email, true, false), ((string?)me.Json["email"], (bool)me.Json["emailVerified"]!, me.Json.ContainsKey("organization")));
    }

    [Fact]
    public async Task Nobody_else_opens_it_and_an_unverified_address_does_not()
    {
        Assert.Equal("invalid_invitation", (await SignAsync(Gwen with { Email = "greta@guest.example" })).Code);
        Assert.Equal("invalid_invitation", (await SignAsync(Gwen, overrides: AccountExtensions.Unverified)).Code);
        Assert.Equal("invalid_invitation", (await SignAsync(Gwen with { Email = $"{Gwen.Email}." })).Code);
        // The same address in an organisation that does not own its domain is hers as well: nobody owns it.
        Assert.Equal(HttpStatusCode.OK, (await SignAsync(
            Accounts.Erin.In("org_guests_other"), overrides: new(Claims: new JsonObject { ["https://securezoom.example/email"] = Gwen.Email }))).Status);
    }

    [Fact]
    public async Task An_invitation_to_an_organisation_is_nothing_to_her()
    {
        var invited = await _app.As(Alice).PostAsync($"meetings/{_number}/invitations", new JsonObject { ["organization"] = "org_guests_other" });
        _invitation = (string)invited.Json["invitation"]!;
        Assert.Equal("invalid_invitation", (await SignAsync(Gwen)).Code);
    }

    [Fact]
    public async Task Once_an_organisation_owns_the_domain_an_address_in_it_is_nothing_without_that_organisation()
    {
        var wanda = new Account("wanda@org-guests-late.test", "Wanda White");
        _invitation = await InviteAsync(wanda.Email);
        Assert.Equal(HttpStatusCode.OK, (await SignAsync(wanda)).Status);
        await _app.As(Accounts.Bob.In("org_guests_late")).GetAsync("me");
        Assert.Equal("invalid_invitation", (await SignAsync(wanda)).Code);
        Assert.Equal(HttpStatusCode.OK, (await SignAsync(wanda with { OrganizationId = "org_guests_late", Group = "contractors" })).Status);
    }

    private async Task<string> InviteAsync(string email)
    {
        var invited = await _app.As(Alice).PostAsync($"meetings/{_number}/invitations", new JsonObject { ["email"] = email });
        return (string)invited.Json["invitation"]!;
    }

    private Task<Answer> SignAsync(Account account, int role = 0, TokenOverrides? overrides = null) => _app.As(account, overrides).PostAsync(
        "signature", new JsonObject { ["meetingNumber"] = _number, ["role"] = role, ["invitation"] = _invitation });
}
