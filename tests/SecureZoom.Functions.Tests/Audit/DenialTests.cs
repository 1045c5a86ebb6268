using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>Refusals are evidence: of what was tried, how often, and for whose meetings.</summary>
public sealed class DenialTests(Cloud cloud)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Walking_through_numbers_leaves_a_trace_of_each_also_when_the_instance_ends()
    {
        var walker = Accounts.Alice.In(Story.NewOrganization());
        var numbers = Enumerable.Range(0, 61).Select(index => $"{86_000_000_000 + index}").ToList();
        await using (var walked = await App.StartAsync(cloud))
        {
            foreach (var number in numbers.Append(numbers[1]))
            {
                Assert.Equal("meeting_not_found", (await walked.As(walker).GetAsync($"meetings/{number}")).Code);
            }
        }

        await using var app = await App.StartAsync(cloud);
        var records = await DenialsAsync(app, walker.OrganizationId!, count: 2);
        Assert.Equal((numbers[0], 1), ((string?)records[1]["meeting"], (int)records[1]["details"]!["count"]!));
        var fold = records[0]["details"]!;
        Assert.Equal((61, 10), ((int)fold["count"]!, (int)fold["unnamed"]!));
        Assert.Equal(numbers.Skip(1).Take(50), fold["meetings"]!.AsArray().Select(number => (string)number!));
        Assert.Contains(", 61 times", (string)records[0]["sentence"]!, StringComparison.Ordinal);

        // The filter finds what the fold names.
        var found = await app.As(Accounts.Olive).GetAsync($"audit?organization={walker.OrganizationId}&meeting={numbers[50]}");
        Assert.Equal((long)records[0]["sequence"]!, (long)Assert.Single(found.Json["records"]!.AsArray())!["sequence"]!);
    }

    [Fact]
    public async Task A_minute_s_refusals_are_one_record_and_the_next_minute_s_another()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var app = await App.StartAsync(cloud, services: services => services.AddSingleton(
            provider => new DenialLog(provider.GetRequiredService<AuditRecorder>(), clock)));
        var bob = Accounts.Bob.In(Story.NewOrganization());
        for (var minute = 0; minute < 2; minute++)
        {
            for (var call = 0; call < 3; call++)
            {
                await app.As(bob).GetAsync("meetings/86000000000");
            }

            clock.Advance(DenialLog.Window);
        }

        var records = await DenialsAsync(app, bob.OrganizationId!, count: 4);
        Assert.Equal([1, 1, 2, 2], records.Select(record => (int)record["details"]!["count"]!).Order());
        Assert.All(records, record => Assert.Equal("86000000000", (string?)record["meeting"]));
    }

    [Fact]
    public async Task Whose_meeting_somebody_of_another_organisation_tried_is_told_so_and_not_who()
    {
        await using var app = await App.StartAsync(cloud);
        var created = await app.As(Accounts.Alice).PostAsync("meetings", new JsonObject { ["topic"] = "Board" });
        var number = created.Json["id"]!.ToString();
        Assert.Equal("meeting_not_found", (await app.As(Accounts.Dave).GetAsync($"meetings/{number}")).Code);

        var told = await Wait.ForAsync("the attempt in the owner's trail", async () =>
            (await app.As(Accounts.Audrey).GetAsync($"audit?meeting={number}&action=access.denied")).Json["records"]!.AsArray().FirstOrDefault());
        Assert.Equal("other_organization", (string?)told["reason"]);
        Assert.Equal("org_globex", (string?)told["details"]!["organization"]);
        Assert.Equal(
            new JsonObject
            {
                ["type"] = "user",
                ["subject"] = Caller.PseudonymOf(cloud.Identity.Address.AbsoluteUri, Accounts.Dave.Subject),
                ["organizationName"] = "org_globex",
            }.ToJsonString(),
            told["actor"]!.ToJsonString());
        foreach (var secret in (string[])["Dave", "Davis", "globex.example", Accounts.Dave.Subject, "Sales", "127.0.0.1"])
        {
            Assert.DoesNotContain(secret, told.ToJsonString(), StringComparison.Ordinal);
        }

        // In one's own trail it stands with all that is known.
        var own = await Wait.ForAsync("the refusal's record", async () =>
            (await app.As(Accounts.Olive).GetAsync($"audit?organization=org_globex&meeting={number}")).Json["records"]!.AsArray().FirstOrDefault());
        Assert.Equal("Dave Davis", (string?)own["actor"]!["name"]);
    }

    [Fact]
    public async Task One_s_own_organisation_s_refusals_are_told_once()
    {
        await using var app = await App.StartAsync(cloud);
        var number = (await app.As(Accounts.Carol).PostAsync("meetings", new JsonObject { ["topic"] = "Board" })).Json["id"]!.ToString();
        Assert.Equal("not_host", (await app.As(Accounts.Alice).DeleteAsync($"meetings/{number}")).Code);
        Assert.Equal("meeting_not_found", (await app.As(Accounts.Dave).DeleteAsync($"meetings/{number}")).Code);
        var records = await Wait.ForAsync("both records", async () =>
            (await app.As(Accounts.Audrey).GetAsync($"audit?meeting={number}&action=access.denied")).Json["records"]!.AsArray() is { Count: >= 2 } found ? found : null);
        Assert.Equal(["not_host", "other_organization"], records.Select(record => (string?)record!["reason"]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_a_person_without_an_organisation_is_refused_stands_with_what_is_nobody_s()
    {
        await using var app = await App.StartAsync(cloud);
        var subject = $"auth0|{Guid.NewGuid():N}";
        var gwen = app.As(Accounts.Gwen, new TokenOverrides(Claims: new JsonObject { ["sub"] = subject }));
        Assert.Equal("organization_required", (await gwen.GetAsync("audit")).Code);
        var record = await Wait.ForAsync("the refusal's record", async () => (await DenialsAsync(app, "unassigned", count: 1))
            .FirstOrDefault(record => (string?)record["actor"]!["subject"] == subject));
        Assert.Equal(("organization_required", "audit"), ((string?)record["reason"], (string?)record["details"]!["function"]));
    }

    /// <summary>The newest first.</summary>
    private static Task<List<JsonNode>> DenialsAsync(App app, string organization, int count) => Wait.ForAsync($"{count} records", async () =>
    {
        var page = await app.As(Accounts.Olive).GetAsync($"audit?organization={organization}&action=access.denied");
        return page.Json["records"]!.AsArray().OfType<JsonNode>().ToList() is { } records && records.Count >= count ? records : null;
    });
}
