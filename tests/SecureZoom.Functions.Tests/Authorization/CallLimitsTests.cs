using System.Net;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SecureZoom.Functions.Audit.Reading;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Http;
using SecureZoom.Functions.Signature;
using SecureZoom.Functions.Tests.Audit;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;
using Person = SecureZoom.Functions.Tests.Support.Person;

namespace SecureZoom.Functions.Tests.Authorization;

/// <summary>Whoever asks too often waits, a person as well as an organisation; the others do not.</summary>
public sealed class CallLimitsTests(Cloud cloud)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_asks_too_often_is_told_to_wait()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var app = await StartAsync(clock);
        var organization = Story.NewOrganization();
        var (eager, other) = (app.As(Accounts.Alice.In(organization)), app.As(Accounts.Carol.In(organization)));
        for (var call = 0; call < 60; call++)
        {
            Assert.Equal("invalid_request", (await AskAsync(eager)).Code);
        }

        var refused = await AskAsync(eager);
        Assert.Equal((HttpStatusCode.TooManyRequests, "too_many_requests"), (refused.Status, refused.Code));
        Assert.Equal((TimeSpan.FromSeconds(1), 1), (refused.Headers.RetryAfter!.Delta, (int)refused.Json["retryAfterSeconds"]!));
        Assert.Equal("invalid_request", (await AskAsync(other)).Code);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("invalid_request", (await AskAsync(eager)).Code);
        Assert.Equal("too_many_requests", (await AskAsync(eager)).Code);

        static Task<Answer> AskAsync(Person person) => person.PostAsync("meetings", new JsonObject { ["topic"] = " " });
    }

    [Fact]
    public async Task Refusals_are_counted_and_use_up_nothing_of_the_organisation_s_others()
    {
        await using var app = await StartAsync(new FakeTimeProvider(DateTimeOffset.UtcNow));
        var organization = Story.NewOrganization();
        var intruder = app.As(Accounts.Bob.In(organization));
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => intruder.GetAsync("audit/verification")));
        Assert.Equal(
            [("insufficient_scope", 60), ("too_many_requests", 40)],
            answers.CountBy(answer => answer.Code!).Select(count => (count.Key, count.Value)).Order());
        Assert.Equal(HttpStatusCode.OK, (await app.As(Accounts.Audrey.In(organization)).GetAsync("audit/verification")).Status);

        // However many of them ask.
        var allowance = typeof(VerificationFunction).GetMethod(nameof(VerificationFunction.Verify))!.GetCustomAttribute<LimitAttribute>()!;
        for (var refused = 0; refused <= allowance.PerOrganization; refused++)
        {
            var colleague = new Account($"bob{refused}@acme.example", "Bob Brown", Group: "employees").In(organization);
            Assert.Equal("insufficient_scope", (await app.As(colleague).GetAsync("audit/verification")).Code);
        }

        Assert.Equal(HttpStatusCode.OK, (await app.As(Accounts.Audrey.In(organization)).GetAsync("audit/verification")).Status);

        // Nor does it help to belong nowhere, or to too many groups.
        var nowhere = app.As(Accounts.Gwen);
        var crowded = app.As(
            Accounts.Alice.In(organization),
            new TokenOverrides(Claims: new JsonObject { ["https://securezoom.example/groups"] = new JsonArray([.. Enumerable.Range(0, 201).Select(number => JsonValue.Create($"g{number}"))]) }));
        foreach (var (person, code) in ((Person, string)[])[(nowhere, "organization_required"), (crowded, "too_many_groups")])
        {
            for (var call = 0; call < 60; call++)
            {
                Assert.Equal(code, (await person.GetAsync("audit/verification")).Code);
            }

            Assert.Equal("too_many_requests", (await person.GetAsync("audit/verification")).Code);
        }
    }

    [Fact]
    public void An_organisation_s_people_are_counted_together_and_apart_from_others()
    {
        using var limits = new CallLimits(new FakeTimeProvider());
        var limit = new LimitAttribute(perPerson: 2, perOrganization: 3);
        Count("alice", "org_a");
        Count("alice", "org_a");
        // She may not; what her organisation may is not less for that.
        Assert.Contains("same person", Refused("alice", "org_a").Detail, StringComparison.Ordinal);
        Assert.Contains("same person", Refused("alice", "org_a").Detail, StringComparison.Ordinal);
        Count("bob", "org_a");
        var refused = Refused("bob", "org_a");
        Assert.Contains("same organisation", refused.Detail, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(20), refused.RetryAfter);
        Count("dave", "org_b");
        Count("alice", "org_a", "write");
        Count("gwen", organization: null);

        RequestException Refused(string person, string organization) =>
            Assert.Throws<RequestException>(() => Count(person, organization));

        void Count(string person, string? organization, string function = "read")
        {
            limits.CountPerson(person, function, limit);
            limits.CountOrganization(organization, function, limit);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    [InlineData(300)]
    public void A_minute_s_worth_at_once_and_then_as_many_a_minute(int aMinute)
    {
        var clock = new FakeTimeProvider();
        using var limits = new CallLimits(clock);
        var limit = new LimitAttribute(perPerson: aMinute, perOrganization: int.MaxValue);
        Assert.Equal(aMinute, Taken());
        clock.Advance((TimeSpan.FromMinutes(1) / aMinute) - TimeSpan.FromTicks(1));
        Assert.Equal(0, Taken());
        clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(1, Taken());
        clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(aMinute / 2, Taken());
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(aMinute, Taken());

        int Taken()
        {
            for (var taken = 0; ; taken++)
            {
                if (Record.Exception(() => limits.CountPerson("alice", "read", limit)) is not null)
                {
                    return taken;
                }
            }
        }
    }

    [Fact]
    public void An_organisation_has_room_for_500_signatures_a_second()
    {
        var limit = typeof(SignatureFunction).GetMethod(nameof(SignatureFunction.Issue))!.GetCustomAttribute<LimitAttribute>()!;
        var clock = new FakeTimeProvider();
        using var limits = new CallLimits(clock);
        for (var second = 0; second < 120; second++)
        {
            for (var call = 0; call < 500; call++)
            {
                limits.CountOrganization("org_a", "signature", limit);
            }

            clock.Advance(TimeSpan.FromSeconds(1));
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

    private Task<App> StartAsync(FakeTimeProvider clock) =>
        App.StartAsync(cloud, services: services => services.AddSingleton(new CallLimits(clock)));
}
