using System.Net;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;
using static SecureZoom.Functions.Tests.Support.IdentitySources;

namespace SecureZoom.Functions.Tests.Access;

/// <summary>Signing people out everywhere, by call: in one's own organisation, recorded, and to be lifted.</summary>
public sealed class RevocationCallsTests(Cloud cloud) : IAsyncLifetime
{
    private readonly string _organization = $"org_{Guid.NewGuid():N}"[..20];
    private App _app = null!;

    private Person Carol => _app.As(Accounts.Carol.In(_organization), Token(Accounts.Carol.Subject, signedInAgo: 600));

    public async ValueTask InitializeAsync() => _app = await App.StartAsync(cloud, IdentitySources.Settings);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Who_is_signed_out_everywhere_has_to_sign_in_again()
    {
        var created = await As(Accounts.Alice).PostAsync("meetings", new JsonObject { ["topic"] = "Planning" });
        var number = created.Json["id"]!.ToString();
        await As(Accounts.Alice).PostAsync("signature", new JsonObject { ["meetingNumber"] = number });
        var subject = Accounts.Alice.Subject;
        await Wait.ForAsync("the signature", async () => (await Carol.GetAsync("audit?action=signature.issued")).Json["records"]!.AsArray().FirstOrDefault());

        var revoked = await RevokeAsync("person", Accounts.Alice.In(_organization).Email);
        Assert.Equal(HttpStatusCode.Created, revoked.Status);
        Assert.Equal(number, (string?)Assert.Single(revoked.Json["signatures"]!.AsArray())!["meetingNumber"]);
        Assert.Equal("token_revoked", (await As(Accounts.Alice).GetAsync("me")).Code);
        Assert.Equal("token_revoked", (await As(Accounts.Alice).GetAsync("meetings")).Code);
        Assert.Equal(HttpStatusCode.OK, (await _app.As(Accounts.Alice.In(_organization), Token(subject, signedInAgo: -20)).GetAsync("me")).Status);
        Assert.Equal(HttpStatusCode.OK, (await _app.As(Accounts.Alice.In(South), Token(subject)).GetAsync("me")).Status);

        var listed = Assert.Single((await Carol.GetAsync("revocations")).Json["revocations"]!.AsArray())!;
        Assert.Equal(((string?)revoked.Json["id"], "signed_out", subject, "left the company"), ((string?)listed["id"], (string?)listed["kind"], (string?)listed["person"], (string?)listed["reason"]));
        Assert.Equal(HttpStatusCode.NoContent, (await Carol.DeleteAsync($"revocations/{listed["id"]}")).Status);
        Assert.Equal("revocation_not_found", (await Carol.DeleteAsync($"revocations/{listed["id"]}")).Code);
        Assert.Equal(HttpStatusCode.OK, (await As(Accounts.Alice).GetAsync("me")).Status);
        foreach (var action in (string[])["access.revoke", "access.revoked", "access.restore", "access.restored"])
        {
            await Wait.ForAsync(action, async () => (await Carol.GetAsync($"audit?action={action}")).Json["records"]!.AsArray().FirstOrDefault());
        }
    }

    [Fact]
    public async Task A_session_that_ends_is_one_and_no_other()
    {
        Assert.Equal(HttpStatusCode.Created, (await RevokeAsync("session", "session-1")).Status);
        Assert.Equal("token_revoked", (await BobAsync("session-1")).Code);
        Assert.Equal(HttpStatusCode.OK, (await BobAsync("session-2")).Status);
        Assert.Equal(HttpStatusCode.OK, (await BobAsync(null)).Status);
    }

    [Fact]
    public async Task Nobody_lifts_or_sees_what_another_organisation_has_ended()
    {
        var revoked = await RevokeAsync("person", Accounts.Bob.Subject);
        var stranger = _app.As(Accounts.Carol.In("org_revocation_stranger"));
        Assert.Empty((await stranger.GetAsync("revocations")).Json["revocations"]!.AsArray());
        Assert.Equal("revocation_not_found", (await stranger.DeleteAsync($"revocations/{revoked.Json["id"]}")).Code);
        Assert.Equal("token_revoked", (await BobAsync("any")).Code);
    }

    [Theory]
    [InlineData("""{"reason":"x"}""", "invalid_request")]
    [InlineData("""{"person":"a","session":"b","reason":"x"}""", "invalid_request")]
    [InlineData("""{"person":"","reason":"x"}""", "invalid_request")]
    [InlineData("""{"person":"a","reason":" "}""", "invalid_request")]
    [InlineData("""{"person":"a"}""", "invalid_request")]
    [InlineData("""{"person":"nobody@nowhere.test","reason":"x"}""", "person_not_found")]
    public async Task What_names_nobody_is_refused(string body, string code) =>
        Assert.Equal(code, (await Carol.PostAsync("revocations", JsonNode.Parse(body))).Code);

    private Person As(Account account) => _app.As(account.In(_organization), Token(account.Subject));

    private Task<Answer> BobAsync(string? session) =>
        _app.As(Accounts.Bob.In(_organization), Token(Accounts.Bob.Subject, session: session)).GetAsync("me");

    private Task<Answer> RevokeAsync(string what, string whom) =>
        Carol.PostAsync("revocations", new JsonObject { [what] = whom, ["reason"] = "left the company" });
}
