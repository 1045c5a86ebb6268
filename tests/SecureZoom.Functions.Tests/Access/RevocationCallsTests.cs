using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Revocations;
using SecureZoom.Functions.Tests.Audit;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;
using static SecureZoom.Functions.Tests.Support.IdentitySources;
using AuditTrail = SecureZoom.Functions.Audit.Trail.AuditTrail;

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
        var operations = new List<string?>();
        foreach (var action in (string[])["access.revoke", "access.revoked", "access.restore", "access.restored"])
        {
            var record = await Wait.ForAsync(action, async () => (await Carol.GetAsync($"audit?action={action}")).Json["records"]!.AsArray().FirstOrDefault());
            operations.Add((string?)record["operation"]);
        }

        Assert.DoesNotContain(null, operations);
        Assert.Equal((operations[0], operations[2], 2), (operations[1], operations[3], operations.Distinct().Count()));
    }

    [Fact]
    public async Task What_an_identity_provider_calls_somebody_makes_nobody_else_them()
    {
        var called = new AuditActor
        {
            Type = "user",
            Issuer = cloud.Identity.Address.AbsoluteUri,
            Subject = Accounts.Bob.Subject,
            Email = "somebody@acme.example",
        };
        var trail = _app.Services.GetRequiredService<AuditTrail>();
        await trail.AppendAsync(_organization, [Story.Event(action: "signin.failed", actor: called, source: "auth0")], TestContext.Current.CancellationToken);
        Assert.Equal("person_not_found", (await RevokeAsync("person", called.Email)).Code);
        Assert.Equal(HttpStatusCode.OK, (await BobAsync("any")).Status);

        // By a token of theirs they would be.
        await trail.AppendAsync(_organization, [Story.Event(actor: called)], TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Created, (await RevokeAsync("person", called.Email)).Status);
        Assert.Equal("token_revoked", (await BobAsync("any")).Code);
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

    [Fact]
    public async Task All_accounts_of_an_address_are_out_by_one_id_which_lifts_them_all()
    {
        string[] subjects = [$"auth0|{Guid.NewGuid():N}", $"auth0|{Guid.NewGuid():N}"];
        var address = $"{Guid.NewGuid():N}@acme.example";
        AuditActor Called(string subject) => new() { Type = "user", Issuer = cloud.Identity.Address.AbsoluteUri, Subject = subject, Email = address };
        var trail = _app.Services.GetRequiredService<AuditTrail>();
        await trail.AppendAsync(_organization, [Story.Event(actor: Called(subjects[0]))], TestContext.Current.CancellationToken);
        // The newest records are all of the other's.
        await trail.AppendAsync(_organization, [.. Enumerable.Range(0, 150).Select(_ => Story.Event(actor: Called(subjects[1])))], TestContext.Current.CancellationToken);

        var revoked = await RevokeAsync("person", address);
        Assert.Equal((HttpStatusCode.Created, null), (revoked.Status, revoked.Json["partial"]));
        Assert.Equal(["token_revoked", "token_revoked"], await CodesAsync());
        var listed = (await Carol.GetAsync("revocations")).Json["revocations"]!.AsArray();
        Assert.Equal(subjects.Order(), listed.Select(one => (string)one!["person"]!).Order());
        Assert.All(listed, one => Assert.Equal((string?)revoked.Json["id"], (string?)one!["together"]));

        Assert.Equal(HttpStatusCode.NoContent, (await Carol.DeleteAsync($"revocations/{revoked.Json["id"]}")).Status);
        Assert.Equal([null, null], await CodesAsync());
        Assert.Empty((await Carol.GetAsync("revocations")).Json["revocations"]!.AsArray());
        var restored = await Wait.ForAsync("the record", async () => (await Carol.GetAsync("audit?action=access.restored")).Json["records"]!.AsArray().FirstOrDefault());
        Assert.Equal(2, restored["details"]!["access"]!.AsArray().Count);
        var intent = await Wait.ForAsync("the intent", async () => (await Carol.GetAsync("audit?action=access.restore")).Json["records"]!.AsArray().FirstOrDefault());
        Assert.Equal(subjects.Order(), intent["details"]!["accounts"]!.AsArray().Select(one => (string)one!["user"]!["id"]!).Order());
        Assert.Null(intent["details"]!["access"]);

        // Who is signed out alone later stays so when the others are let in.
        var together = await RevokeAsync("person", address);
        var alone = await RevokeAsync("person", subjects[0]);
        Assert.NotEqual((string?)together.Json["id"], (string?)alone.Json["id"]);
        var both = (await Carol.GetAsync("revocations")).Json["revocations"]!.AsArray().ToLookup(one => (string?)one!["together"]);
        Assert.Equal((string?)alone.Json["id"], (string?)Assert.Single(both[null])!["id"]);
        Assert.Equal(HttpStatusCode.NoContent, (await Carol.DeleteAsync($"revocations/{together.Json["id"]}")).Status);
        Assert.Equal(["token_revoked", null], await CodesAsync());
        Assert.Equal(HttpStatusCode.NoContent, (await Carol.DeleteAsync($"revocations/{alone.Json["id"]}")).Status);
        Assert.Equal([null, null], await CodesAsync());

        async Task<string?[]> CodesAsync() =>
            [.. await Task.WhenAll(subjects.Select(async subject => (await _app.As(Accounts.Bob.In(_organization), Token(subject)).GetAsync("me")) is { Status: not HttpStatusCode.OK } refused ? refused.Code : null))];
    }

    /// <summary>Of what a source has ended in an organisation's name.</summary>
    [Theory]
    [InlineData("{own}", "auth0", true)]
    [InlineData("*", "okta", true)]
    [InlineData("{own} org_revocation_other", "auth0", false)]
    [InlineData("*", "auth0", false)]
    public async Task An_organisation_lifts_what_ends_access_there_alone_or_by_its_own_Okta(string reach, string source, bool mayLift)
    {
        var subject = $"auth0|{Guid.NewGuid():N}";
        var ended = new EndedAccessChange(EndedAccessKind.Blocked, Ends: true, cloud.Identity.Address.AbsoluteUri, subject, DateTimeOffset.UtcNow)
        {
            Reach = reach.Replace("{own}", _organization, StringComparison.Ordinal),
            Organization = _organization,
            Reason = "person.blocked",
            By = source,
        };
        var access = _app.Services.GetRequiredService<EndedAccessList>();
        await access.ApplyAsync([ended], TestContext.Current.CancellationToken);
        var bob = _app.As(Accounts.Bob.In(_organization), Token(subject));
        Assert.Equal("token_revoked", (await bob.GetAsync("me")).Code);

        var listed = (await Carol.GetAsync("revocations")).Json["revocations"]!.AsArray();
        Assert.Equal(mayLift ? 1 : 0, listed.Count);
        var lifted = await Carol.DeleteAsync($"revocations/{await access.IdOfAsync(ended, TestContext.Current.CancellationToken)}");
        Assert.Equal(mayLift ? HttpStatusCode.NoContent : HttpStatusCode.NotFound, lifted.Status);
        Assert.Equal(mayLift ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, (await bob.GetAsync("me")).Status);
    }

    [Fact]
    public async Task The_id_of_what_has_ended_confirms_no_guess_of_whom_it_is_about()
    {
        var subject = $"auth0|{Guid.NewGuid():N}";
        var revoked = await Carol.PostAsync("revocations", new JsonObject { ["person"] = subject, ["reason"] = "left" });
        var guess = Encoding.UTF8.GetBytes($"{EndedAccessKind.SignedOut}\n{_organization}\n{cloud.Identity.Address.AbsoluteUri}\n{subject}");
        Assert.NotEqual(Convert.ToHexStringLower(SHA256.HashData(guess))[..32], (string?)revoked.Json["id"]);
        Assert.Equal((string?)revoked.Json["id"], (string?)(await Carol.PostAsync("revocations", new JsonObject { ["person"] = subject, ["reason"] = "left" })).Json["id"]);
    }

    [Theory]
    [InlineData("""{"reason":"x"}""", "invalid_request")]
    [InlineData("""{"person":"a","session":"b","reason":"x"}""", "invalid_request")]
    [InlineData("""{"person":"","reason":"x"}""", "invalid_request")]
    [InlineData("""{"person":"a","reason":" "}""", "invalid_request")]
    [InlineData("""{"person":"a"}""", "invalid_request")]
    [InlineData("""{"person":"a\u0007","reason":"x"}""", "invalid_request")]
    [InlineData("""{"session":"a\u0000","reason":"x"}""", "invalid_request")]
    [InlineData("""{"person":"a","reason":"x\ny"}""", "invalid_request")]
    [InlineData("""{"person":"nobody@nowhere.test","reason":"x"}""", "person_not_found")]
    public async Task What_names_nobody_is_refused(string body, string code) =>
        Assert.Equal(code, (await Carol.PostAsync("revocations", JsonNode.Parse(body))).Code);

    private Person As(Account account) => _app.As(account.In(_organization), Token(account.Subject));

    private Task<Answer> BobAsync(string? session) =>
        _app.As(Accounts.Bob.In(_organization), Token(Accounts.Bob.Subject, session: session)).GetAsync("me");

    private Task<Answer> RevokeAsync(string what, string whom) =>
        Carol.PostAsync("revocations", new JsonObject { [what] = whom, ["reason"] = "left the company" });
}
