using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;
using SecureZoom.Verification;
using Person = SecureZoom.Functions.Tests.Support.Person;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>Findings about a trail as auditors and operators meet them.</summary>
public sealed class FindingsTests(Cloud cloud) : IAsyncLifetime
{
    private readonly string _organization = Story.NewOrganization();
    private App _app = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Person Auditor => _app.As(Accounts.Audrey.In(_organization));

    public async ValueTask InitializeAsync() => _app = await App.StartAsync(cloud);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task They_want_attention_until_an_operator_says_on_record_that_they_are_known()
    {
        await _app.Services.GetRequiredService<TrailFindings>().ReportAsync(
            _organization, [new TrailProblem(TrailProblems.Changed, 7, "Record 7 is not the one that the log committed to.")], Cancellation);
        var health = JsonNode.Parse(await _app.Http.GetStringAsync("health", Cancellation))!;
        Assert.Equal("ok", (string)health["status"]!);
        Assert.Contains("audit-trail", health["attention"]!.AsArray().Select(part => (string)part!));
        var found = Assert.Single((await Auditor.GetAsync("audit/findings")).Json["findings"]!.AsArray())!;
        Assert.Equal(("changed", 7L), ((string)found["code"]!, (long)found["sequence"]!));
        Assert.Null(found["knownSince"]);

        var known = await AcknowledgeAsync((string)found["id"]!);

        Assert.Equal(HttpStatusCode.OK, known.Status);
        Assert.NotNull(Assert.Single(known.Json["findings"]!.AsArray())!["knownSince"]);
        await Wait.ForAsync("the record in the customer's trail", async () =>
        {
            var page = await Auditor.GetAsync("audit?action=audit.findings_known");
            return page.Json["records"]!.AsArray() is [{ } record] && (string)record["details"]!["reason"]! == "Understood." ? "" : null;
        });
    }

    [Fact]
    public async Task The_alarm_is_raised_again_until_they_are_known()
    {
        var time = new AdjustableTime();
        await using var app = await App.StartAsync(cloud, services: services => services.AddSingleton<TimeProvider>(time));
        var findings = app.Services.GetRequiredService<TrailFindings>();
        await findings.ReportAsync(_organization, [new TrailProblem(TrailProblems.Missing, 3, "Records 3 to 3 are not there.")], Cancellation);
        await findings.RemindAsync(Cancellation);
        var alarms = Alarms(app);
        await findings.RemindAsync(Cancellation);
        Assert.Equal(alarms, Alarms(app));
        time.Advance(TimeSpan.FromMinutes(26));
        await findings.RemindAsync(Cancellation);
        Assert.Equal(alarms + 1, Alarms(app));

        await findings.AcknowledgeAsync(_organization, [.. (await findings.ReadAsync(_organization, Cancellation)).Select(finding => finding.Id)], Cancellation);
        time.Advance(TimeSpan.FromMinutes(26));
        await findings.RemindAsync(Cancellation);
        Assert.Equal(alarms + 1, Alarms(app));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"organization": "org/acme", "findings": [], "reason": "x"}""")]
    [InlineData("""{"organization": "org_acme", "findings": [], "reason": " "}""")]
    [InlineData("""{"organization": "org_acme", "findings": [null], "reason": "x", "more": 1}""")]
    public async Task What_is_malformed_is_a_400(string body) => Assert.Equal(
        HttpStatusCode.BadRequest, (await _app.As(Accounts.Olive).PostAsync("audit/findings", JsonNode.Parse(body)!.AsObject())).Status);

    private int Alarms(App app) =>
        app.Logs.Entries.Count(entry => entry.StartsWith("Critical", StringComparison.Ordinal) && entry.Contains($"Found in the trail of {_organization}", StringComparison.Ordinal));

    private Task<Answer> AcknowledgeAsync(string id) => _app.As(Accounts.Olive).PostAsync(
        "audit/findings", new JsonObject { ["organization"] = _organization, ["findings"] = new JsonArray(id), ["reason"] = "Understood." });
}
