using System.Net;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Http;
using SecureZoom.Functions.Signature;
using SecureZoom.Functions.Tests.Audit;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Authorization;

/// <summary>Whoever asks too often waits, a person as well as an organisation; the others do not.</summary>
public sealed class CallLimitsTests(Cloud cloud)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("POST", "signature", """{"meetingNumber":850123456,"role":7}""", 300)]
    [InlineData("POST", "meetings", """{"topic":" "}""", 60)]
    [InlineData("POST", "meetings/850123456/invitations", "{}", 60)]
    [InlineData("GET", "meetings/850123456", null, 300)]
    public async Task Who_asks_too_often_is_told_to_wait(string method, string path, string? body, int burst)
    {
        await using var app = await App.StartAsync(cloud);
        var (eager, other) = (app.As(Accounts.Alice.In("org_limits")), app.As(Accounts.Carol.In("org_limits")));
        var answers = await Task.WhenAll(Enumerable.Range(0, burst * 2).Select(_ => AskAsync(eager)));
        var refused = answers.Where(answer => answer.Status == HttpStatusCode.TooManyRequests).ToList();
        Assert.InRange(answers.Length - refused.Count, burst, (burst * 2) - 1);
        Assert.All(refused, answer =>
        {
            Assert.Equal("too_many_requests", answer.Code);
            Assert.Equal(TimeSpan.FromSeconds((int)answer.Json["retryAfterSeconds"]!), answer.Headers.RetryAfter!.Delta);
        });
        Assert.NotEqual(HttpStatusCode.TooManyRequests, (await AskAsync(other)).Status);

        Task<Answer> AskAsync(Person person) => person.SendAsync(new HttpMethod(method), path, body is null ? null : JsonNode.Parse(body));
    }

    [Fact]
    public async Task Who_may_not_call_uses_up_nothing_of_the_organisation_s()
    {
        await using var app = await App.StartAsync(cloud);
        var intruder = app.As(Accounts.Bob.In("org_limits_refused"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => intruder.GetAsync("audit/verification")));
        Assert.All(answers, answer => Assert.Equal("insufficient_scope", answer.Code));
        Assert.Equal(HttpStatusCode.OK, (await app.As(Accounts.Audrey.In("org_limits_refused")).GetAsync("audit/verification")).Status);
    }

    [Fact]
    public void An_organisation_s_people_are_counted_together_and_apart_from_others()
    {
        using var limits = new CallLimits();
        var limit = new LimitAttribute(perPerson: 2, perOrganization: 3);
        var (alice, bob, dave) = (Person("alice", "org_a"), Person("bob", "org_a"), Person("dave", "org_b"));
        limits.Count(alice, "read", limit);
        limits.Count(alice, "read", limit);
        // She may not; what her organisation may is not less for that.
        Assert.Contains("same person", Refused(alice, "read").Detail, StringComparison.Ordinal);
        Assert.Contains("same person", Refused(alice, "read").Detail, StringComparison.Ordinal);
        limits.Count(bob, "read", limit);
        var refused = Refused(bob, "read");
        Assert.Contains("same organisation", refused.Detail, StringComparison.Ordinal);
        Assert.InRange(refused.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        limits.Count(dave, "read", limit);
        limits.Count(alice, "write", limit);
        limits.Count(Person("gwen", organization: null), "read", limit);

        RequestException Refused(Caller caller, string function) =>
            Assert.Throws<RequestException>(() => limits.Count(caller, function, limit));
    }

    [Fact]
    public void An_organisation_has_room_for_500_signatures_a_second()
    {
        var limit = typeof(SignatureFunction).GetMethod(nameof(SignatureFunction.Issue))!.GetCustomAttribute<LimitAttribute>()!;
        Assert.InRange(limit.PerOrganization, 500 * 60, int.MaxValue);
        using var limits = new CallLimits();
        for (var call = 0; call < 500; call++)
        {
            limits.Count(Person($"p{call}", "org_a"), "signature", limit);
        }
    }

    [Fact]
    public async Task An_organisation_reads_its_whole_trail_twice_at_a_time_and_no_more()
    {
        var storage = new StorageTap();
        await using var app = await App.StartAsync(cloud, services: services => storage.Tap(services, cloud));
        var organization = Story.NewOrganization();
        await app.Services.GetRequiredService<AuditTrail>().AppendAsync(organization, Story.Events(1001), Cancellation);
        storage.Hangs = operation => operation.Contains("NextRowKey", StringComparison.Ordinal);
        var auditor = app.As(Accounts.Audrey.In(organization));
        using (var first = await ExportAsync())
        using (var second = await ExportAsync())
        {
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
            foreach (var third in (Answer[])[await auditor.GetAsync("audit", ("Accept", "text/csv")), await auditor.GetAsync("audit/verification")])
            {
                Assert.Equal((HttpStatusCode.TooManyRequests, "too_many_requests"), (third.Status, third.Code));
                Assert.NotNull(third.Headers.RetryAfter);
            }

            Assert.Equal(HttpStatusCode.OK, (await auditor.GetAsync("audit?limit=1")).Status);
            Assert.Equal(HttpStatusCode.OK, (await app.As(Accounts.Audrey.In(Story.NewOrganization())).GetAsync("audit/verification")).Status);
        }

        storage.Hangs = _ => false;
        await Wait.ForAsync("a place", async () => (await auditor.GetAsync("audit/verification")).Status == HttpStatusCode.OK ? "" : null);

        async Task<HttpResponseMessage> ExportAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "audit") { Headers = { { "Accept", "application/x-ndjson" }, { "Authorization", $"Bearer {auditor.Token}" } } };
            return await app.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        }
    }

    private static Caller Person(string subject, string? organization) => new(
        "https://issuer.example/",
        subject,
        organization is null ? null : new(organization, null),
        Name: null,
        Email: null,
        EmailVerified: false,
        VerifiedEmail: null,
        EmailDomains: [],
        Department: null,
        Groups: [],
        Permissions: new HashSet<string>(),
        HostingNeedsMfa: false);
}
