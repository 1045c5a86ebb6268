using System.Net;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;
using static SecureZoom.Functions.Tests.Support.IdentitySources;

namespace SecureZoom.Functions.Tests.Access;

/// <summary>Whom a meeting's organisation has put out does not come in by an invitation of it, as whoever they come.</summary>
public sealed class EndedGuestTests(Cloud cloud) : IAsyncLifetime
{
    private readonly string _subject = $"auth0|{Guid.NewGuid():N}";
    private App _app = null!;
    private long _number;

    public async ValueTask InitializeAsync()
    {
        _app = await App.StartAsync(cloud, IdentitySources.Settings);
        // Until the list of ended access has been read, nobody is let in.
        _number = (long)await Wait.ForAsync(
            "the meeting", async () => (await _app.As(Accounts.Alice.In(North)).PostAsync("meetings", new JsonObject { ["topic"] = "With guests" })).Json["id"]);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task A_guest_without_an_organisation_whom_the_owner_signs_out_signs_in_again()
    {
        var invitation = await InviteAsync("email", Accounts.Gwen.Email);
        Assert.Equal(HttpStatusCode.OK, (await JoinAsync(Gwen(), invitation)).Status);
        var revoked = await _app.As(Accounts.Carol.In(North)).PostAsync("revocations", new JsonObject { ["person"] = _subject, ["reason"] = "not any more" });
        Assert.Equal(HttpStatusCode.Created, revoked.Status);
        await AreRefusedAsync(Gwen(), invitation);
        Assert.Equal(HttpStatusCode.OK, (await Gwen().GetAsync("me")).Status);
        Assert.Equal(HttpStatusCode.OK, (await JoinAsync(_app.As(Accounts.Gwen, Token(_subject, signedInAgo: -20)), invitation)).Status);
    }

    [Fact]
    public async Task Who_is_gone_at_the_owner_s_provider_is_refused_with_a_token_of_another_organisation_too()
    {
        var (toAddress, toSouth) = (await InviteAsync("email", Accounts.Gwen.Email), await InviteAsync("organization", South));
        var inSouth = _app.As(Accounts.Bob.In(South), Token(_subject));
        Assert.Equal(HttpStatusCode.OK, (await JoinAsync(inSouth, toSouth)).Status);
        await DeliverAsync(_app, "auth0", StreamSecret, Auth0("sdu", _subject));
        await AreRefusedAsync(Gwen(), toAddress);
        await AreRefusedAsync(inSouth, toSouth);
        Assert.Equal(HttpStatusCode.OK, (await inSouth.GetAsync("meetings")).Status);
        // Whoever it is not made out to learns nothing.
        Assert.Equal("invalid_invitation", (await JoinAsync(inSouth, toAddress)).Code);
    }

    private async Task AreRefusedAsync(Person guest, string invitation)
    {
        Answer[] refused =
        [
            await JoinAsync(guest, invitation),
            await guest.GetAsync($"meetings/{_number}", ("Meeting-Invitation", invitation)),
            await guest.GetAsync($"meetings/{_number}/status", ("Meeting-Invitation", invitation)),
        ];
        Assert.All(refused, answer => Assert.Equal((HttpStatusCode.Unauthorized, "token_revoked"), (answer.Status, answer.Code)));
    }

    private Person Gwen() => _app.As(Accounts.Gwen, Token(_subject));

    private async Task<string> InviteAsync(string whom, string value) =>
        (string)(await _app.As(Accounts.Alice.In(North)).PostAsync($"meetings/{_number}/invitations", new JsonObject { [whom] = value })).Json["invitation"]!;

    private Task<Answer> JoinAsync(Person guest, string invitation) =>
        guest.PostAsync("signature", new JsonObject { ["meetingNumber"] = _number, ["invitation"] = invitation });
}
