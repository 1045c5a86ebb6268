using System.Net;
using System.Reflection;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Audit.Checkpoints;
using SecureZoom.Functions.Audit.Erasing;
using SecureZoom.Functions.Audit.Indexing;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Summaries;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Storage;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Functions.Webhooks.Okta;
using SecureZoom.Sandbox.Identity;
using Person = SecureZoom.Functions.Tests.Support.Person;

namespace SecureZoom.Functions.Tests.Storage;

/// <summary>What the app asks of Azure is what <c>tests/vectors/operations.json</c> says, from which the templates' tests derive its roles.</summary>
public sealed class OperationsTests(TappedApp tapped) : IClassFixture<TappedApp>
{
    private long _number;
    private string _invitation = "";
    private string _invitationId = "";
    private string _revocationId = "";
    private string _erasureId = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Person Host => tapped.App.As(Accounts.Alice);

    private Person Admin => tapped.App.As(Accounts.Carol);

    private Person Eraser => tapped.App.As(Accounts.Carol, AccountExtensions.Eraser);

    private Person Auditor => tapped.App.As(Accounts.Audrey);

    [Fact]
    public async Task The_app_asks_of_Azure_what_the_list_says()
    {
        var story = Story();
        Assert.Equal(Functions(), story.Select(act => act.Function).Distinct().Order(StringComparer.Ordinal));

        foreach (var (function, act) in story)
        {
            var answer = await act();
            Assert.True(answer is null or >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices, $"{function}: {answer}");
            await tapped.WhenDoneAsync();
        }

        var asked = tapped.Sent
            .GroupBy(request => request.Place, request => request.Operations)
            .OrderBy(place => place.Key, StringComparer.Ordinal)
            .ToDictionary(place => place.Key, place => place.SelectMany(operations => operations).Distinct().Order(StringComparer.Ordinal).ToArray());
        OperationsList.AssertHas("operations", asked);
    }

    /// <summary>Every function with every way of it that asks something else of Azure.</summary>
    private (string Function, Func<Task<HttpStatusCode?>> Act)[] Story() =>
    [
        ("openapi", () => OpenAsync("openapi.json")),
        ("docs", () => OpenAsync("docs")),
        ("me", () => Status(Host.GetAsync("me"))),
        ("meetings-create", CreateAsync),
        ("meetings-list", () => Status(Host.GetAsync("meetings"))),
        ("meetings-get", () => Status(Host.GetAsync($"meetings/{_number}"))),
        ("meetings-status", () => Status(Host.GetAsync($"meetings/{_number}/status"))),
        ("meetings-details", () => Status(Host.GetAsync($"meetings/{_number}/details"))),
        ("meetings-calendar", () => Status(Host.GetAsync($"meetings/{_number}/calendar"))),
        ("meetings-passcode", () => Status(Host.PostAsync($"meetings/{_number}/passcode"))),
        ("meetings-update", () => Status(Host.PatchAsync($"meetings/{_number}", new JsonObject { ["topic"] = "Changed" }))),
        ("signature", () => Status(SignAsync(Accounts.Alice, role: 1))),
        ("meetings-invite", InviteAsync),
        ("meetings-get", () => Status(tapped.App.As(Accounts.Erin).GetAsync($"meetings/{_number}", ("Meeting-Invitation", _invitation)))),
        ("signature", () => Status(SignAsync(Accounts.Erin, invitation: _invitation))),
        ("meetings-invitations", () => Status(Host.GetAsync($"meetings/{_number}/invitations"))),
        ("meetings-withdraw", () => Status(Host.DeleteAsync($"meetings/{_number}/invitations/{_invitationId}"))),
        ("meetings-recordings", () => Status(Host.GetAsync($"meetings/{_number}/recordings"))),
        ("meetings-participants", () => Status(Host.GetAsync($"meetings/{_number}/participants"))),
        ("webhook", () => DeliverAsync("meeting.started")),
        ("webhook", () => DeliverAsync("meeting.updated")),
        ("meetings-end", () => Status(Host.PostAsync($"meetings/{_number}/end"))),
        // What is not ours goes to quarantine.
        ("audit-append", () => DoneAsync(tapped.Queue().SendMessageAsync("not ours", Cancellation))),
        ("audit", () => Status(Auditor.GetAsync("audit?from=2026-01-01T00:00:00Z&limit=1"))),
        ("audit", () => Status(Auditor.GetAsync("audit?to=2126-01-01T00:00:00Z", ("Accept", "application/x-ndjson")))),
        ("audit-checkpoint", CheckpointAsync),
        ("audit-append", SkipAsync),
        ("audit-checkpoint", CheckpointAsync),
        ("audit-summary", () => Status(Auditor.GetAsync("audit/summary?by=day"))),
        ("audit", () => Status(Auditor.GetAsync("audit?person=alice@acme.example&limit=1"))),
        ("audit-verification", () => Status(Auditor.GetAsync("audit/verification"))),
        ("audit-checkpoints", () => Status(Auditor.GetAsync("audit/checkpoints?from=2026-01-01T00:00:00Z"))),
        ("audit-findings", () => Status(Auditor.GetAsync("audit/findings"))),
        ("audit-findings-known", () => Status(tapped.App.As(Accounts.Olive).PostAsync("audit/findings", new JsonObject { ["organization"] = "org_acme", ["findings"] = new JsonArray("0123456789abcdef"), ["reason"] = "Known." }))),
        ("audit-erasures-create", AskAsync),
        ("audit-erasures-list", () => Status(Eraser.GetAsync("audit/erasures"))),
        ("audit-erasures-read", () => Status(Eraser.GetAsync($"audit/erasures/{_erasureId}"))),
        ("audit-erasures-withdraw", () => Status(Eraser.DeleteAsync($"audit/erasures/{_erasureId}"))),
        ("audit-checkpoint", ForgetAsync),
        ("audit-keys", () => OpenAsync("audit/keys")),
        ("audit-record", () => Status(Auditor.GetAsync("audit/records/1"))),
        ("audit-record-proof", () => Status(Auditor.GetAsync("audit/records/1/proof"))),
        ("audit-evidence", () => Status(Auditor.GetAsync("audit/evidence?sequence=1"))),
        ("audit-consistency", () => Status(Auditor.GetAsync("audit/consistency?from=1"))),
        ("meetings-delete", () => Status(Host.DeleteAsync($"meetings/{_number}"))),
        ("identity-events-okta-challenge", ChallengeAsync),
        ("identity-events-okta", () => TellAsync("okta", "okta-event-hook-secret", IdentitySources.Hook(IdentitySources.Okta("user.session.clear", "00uOperations")))),
        ("identity-events-auth0", () => TellAsync("auth0", "auth0-log-stream-secret", IdentitySources.Auth0("s", "auth0|operations"))),
        ("okta-system-log", ReadLogAsync),
        ("revocations-create", RevokeAsync),
        ("revocations-list", () => Status(Admin.GetAsync("revocations"))),
        ("revocations-lift", () => Status(Admin.DeleteAsync($"revocations/{_revocationId}"))),
        ("storage-seals", () => DoneAsync(tapped.App.Services.GetRequiredService<SealRenewal>().RenewAsync(Cancellation))),
        ("health", () => OpenAsync("health")),
    ];

    private static IEnumerable<string> Functions() =>
        from type in typeof(Composition).Assembly.GetExportedTypes()
        from method in type.GetMethods()
        let function = method.GetCustomAttribute<FunctionAttribute>()
        where function is not null
        orderby function.Name
        select function.Name;

    private static async Task<HttpStatusCode?> Status(Task<Answer> answer) => (await answer).Status;

    private async Task<HttpStatusCode?> OpenAsync(string path)
    {
        using var answer = await tapped.App.Http.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        return answer.StatusCode;
    }

    private async Task<HttpStatusCode?> CreateAsync()
    {
        var created = await Host.PostAsync("meetings", new JsonObject { ["topic"] = "Planning", ["duration"] = 60 });
        _number = (long)created.Json["id"]!;
        await tapped.WhenDoneAsync();
        return created.Status;
    }

    private Task<Answer> SignAsync(Account account, int role = 0, string? invitation = null)
    {
        var body = new JsonObject { ["meetingNumber"] = _number, ["role"] = role };
        if (invitation is not null)
        {
            body["invitation"] = invitation;
        }

        return tapped.App.As(account).PostAsync("signature", body);
    }

    private async Task<HttpStatusCode?> InviteAsync()
    {
        var invited = await Host.PostAsync($"meetings/{_number}/invitations", new JsonObject { ["organization"] = Accounts.Erin.OrganizationId });
        _invitation = (string)invited.Json["invitation"]!;
        _invitationId = (string)invited.Json["id"]!;
        return invited.Status;
    }

    private async Task<HttpStatusCode?> ChallengeAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "identity-events/okta");
        request.Headers.Add("x-okta-verification-challenge", "challenge");
        using var answer = await tapped.App.Http.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }

    private Task<HttpStatusCode?> TellAsync(string feed, string secret, JsonNode events) =>
        Status(IdentitySources.SendAsync(tapped.App, feed, tapped.Cloud.Secrets[secret], events));

    private async Task<HttpStatusCode?> ReadLogAsync()
    {
        await tapped.App.Services.GetRequiredService<OktaSystemLog>().ReadAsync(Cancellation);
        return null;
    }

    private async Task<HttpStatusCode?> RevokeAsync()
    {
        var revoked = await Admin.PostAsync("revocations", new JsonObject { ["person"] = "auth0|operations", ["reason"] = "a test" });
        _revocationId = (string)revoked.Json["id"]!;
        return revoked.Status;
    }

    private async Task<HttpStatusCode?> AskAsync()
    {
        var asked = await Eraser.PostAsync("audit/erasures", new JsonObject { ["person"] = "nobody@acme.example", ["reason"] = "a test" });
        _erasureId = (string)asked.Json["id"]!;
        return asked.Status;
    }

    /// <summary>What the timer does three days later, of somebody who is in the trail, and in messages of ours and of others that lie aside.</summary>
    private async Task<HttpStatusCode?> ForgetAsync()
    {
        var erin = Accounts.Erin.Email;
        var blobs = new BlobContainerClient(tapped.Cloud.Storage.ConnectionString, AuditQuarantine.ContainerName);
        await blobs.GetBlobClient("operations").UploadAsync(BinaryData.FromString($"not ours, and of {erin}"), overwrite: true, Cancellation);
        var poison = new QueueClient(tapped.Cloud.Storage.ConnectionString, "audit-events-poison", new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        await poison.CreateIfNotExistsAsync(cancellationToken: Cancellation);
        await poison.SendMessageAsync($"not ours, and of {erin}", Cancellation);
        await poison.SendMessageAsync("not ours", Cancellation);
        var done = await tapped.App.Services.GetRequiredService<PersonErasure>()
            .ForgetAsync(Accounts.Erin.OrganizationId!, erin, "a test", new AuditActor { Type = "system" }, Cancellation);
        return done.Parts > 0 ? null : HttpStatusCode.NotFound;
    }

    private async Task<HttpStatusCode?> DeliverAsync(string name)
    {
        var webhook = new JsonObject
        {
            ["event"] = name,
            ["payload"] = new JsonObject { ["object"] = new JsonObject { ["id"] = $"{_number}", ["uuid"] = Guid.NewGuid().ToString() } },
        };
        return (HttpStatusCode)await tapped.Cloud.Zoom.SendAsync(webhook, Cancellation);
    }

    /// <summary>An event that comes before an earlier one, whose account is removed again as it is when thirty days have gone by.</summary>
    private async Task<HttpStatusCode?> SkipAsync()
    {
        var number = new EventNumber(Guid.NewGuid().ToString("N"), "org_acme", 2, DateTimeOffset.UtcNow);
        var ledger = tapped.App.Services.GetRequiredService<NumberLedger>();
        foreach (var origin in (string[])[number.Origin, Guid.NewGuid().ToString("N")])
        {
            await ledger.MarkAsync(number with { Origin = origin }, Cancellation);
        }

        await ledger.RemoveAsync(number.Origin, (await ledger.ReadAllAsync(Cancellation))[number.Origin], Cancellation);
        return null;
    }

    private async Task<HttpStatusCode?> CheckpointAsync()
    {
        await tapped.App.Services.GetRequiredService<GapSweep>().SweepAsync(Cancellation);
        var signer = tapped.App.Services.GetRequiredService<CheckpointSigner>();
        Assert.Equal(0, await signer.SignAllAsync(Cancellation));
        await tapped.App.Services.GetRequiredService<TrailIndexer>().RunAsync(signer.Sizes, Cancellation);
        await tapped.App.Services.GetRequiredService<SummaryWriter>().RunAsync(signer.Sizes, Cancellation);
        return null;
    }

    private static async Task<HttpStatusCode?> DoneAsync(Task act)
    {
        await act;
        return null;
    }
}
