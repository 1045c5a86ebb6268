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
    public async Task An_operator_s_command_shows_them_and_says_on_record_in_both_trails_that_they_are_known()
    {
        var findings = _app.Services.GetRequiredService<TrailFindings>();
        await findings.ReportAsync(
            _organization,
            [new TrailProblem(TrailProblems.Changed, 7, "Record 7 is not the one that the log committed to."), new TrailProblem(TrailProblems.Missing, 3, "Records 3 to 3 are not there.")],
            Cancellation);
        var both = await findings.ReadAsync(_organization, Cancellation);
        var (changed, missing) = (both.Single(one => one.Code == TrailProblems.Changed), both.Single(one => one.Code == TrailProblems.Missing));
        Assert.Equal($"0\n{Line(changed)}\n{Line(missing)}", await RunAsync("show", "--organization", _organization));
        Assert.Superset(new HashSet<string> { "0", Line(changed), Line(missing) }, (await RunAsync("show")).Split('\n').ToHashSet());

        // One that is not there is a slip, and says nothing of the other.
        Assert.Equal("1\nThere is no such finding: 0123456789abcdef", await SayAsync(changed.Id, "0123456789abcdef"));
        Assert.All(await findings.ReadAsync(_organization, Cancellation), one => Assert.Null(one.KnownSince));

        Assert.Equal($"0\n{changed.Id} is known", await SayAsync(changed.Id));
        Assert.Equal($"0\n{changed.Id} was known before", await SayAsync(changed.Id));
        Assert.Equal([missing.Id], (await findings.ReadAsync(_organization, Cancellation)).Where(one => one.KnownSince is null).Select(one => one.Id));
        var left = (await RunAsync("show")).Split('\n');
        Assert.Contains(Line(missing), left);
        Assert.DoesNotContain(left, line => line.Contains(changed.Id, StringComparison.Ordinal) && line.StartsWith(_organization, StringComparison.Ordinal));
        Assert.Contains((await RunAsync("show", "--organization", _organization)).Split('\n'), line => line.StartsWith(Line(changed), StringComparison.Ordinal) && line.Contains(" (known since ", StringComparison.Ordinal));

        foreach (var organization in (string[])[_organization, Cloud.OperatorOrganization])
        {
            var record = Assert.Single(
                (await _app.As(Accounts.Olive).GetAsync($"audit?action=audit.findings_known&organization={organization}")).Json["records"]!.AsArray(),
                record => (string)record!["details"]!["organization"]! == _organization)!;
            Assert.Equal("Understood.", (string)record["details"]!["reason"]!);
            Assert.Equal([changed.Id], record["details"]!["findings"]!.AsArray().Select(id => (string)id!));
            Assert.Equal($"script/known by {Environment.UserName} (the machine's user)", (string)record["actor"]!["name"]!);
        }

        string Line(TrailFinding finding) => $"{_organization} {finding.Id} {finding.Code}, found {finding.FoundAt:u}: {finding.Detail}";
        Task<string> SayAsync(params string[] ids) => RunAsync(["add", .. ids, "--organization", _organization, "--reason", "Understood."]);
    }

    [Fact]
    public async Task Nothing_is_said_to_be_known_where_the_trail_takes_no_record_of_it()
    {
        await _app.Services.GetRequiredService<AuditTrail>().AppendAsync(_organization, [Story.Event()], Cancellation);
        await new Attacker(cloud.Storage.ConnectionString, _organization).AlterAsync(TrailRows.HeadKey, head => head["RecordedAt"] = DateTimeOffset.UnixEpoch);
        var findings = _app.Services.GetRequiredService<TrailFindings>();
        await findings.ReportAsync(_organization, [new TrailProblem(TrailProblems.Head, null, "The trail's head is not sealed by us.")], Cancellation);
        var found = Assert.Single(await findings.ReadAsync(_organization, Cancellation));

        await Assert.ThrowsAsync<TrailDamagedException>(() => RunAsync("add", found.Id, "--organization", _organization, "--reason", "Understood."));
        Assert.Null(Assert.Single(await findings.ReadAsync(_organization, Cancellation)).KnownSince);
    }

    [Theory]
    [InlineData("add --organization org_acme --reason Why")]
    [InlineData("add 0123456789abcdef --reason Why")]
    [InlineData("add 0123456789abcdef --organization org_acme")]
    [InlineData("add 0123456789abcdef --organization org/acme --reason Why")]
    [InlineData("add 0123456789abcdef --organization org_acme --reason {201}")]
    [InlineData("show --reason Why")]
    [InlineData("show --organization")]
    [InlineData("forget 0123456789abcdef --organization org_acme --reason Why")]
    public async Task An_operator_s_command_that_says_less_or_other_than_it_must_does_nothing(string words) => await Assert.ThrowsAsync<Operator.UsageException>(
        () => RunAsync(words.Replace("{201}", new string('x', 201), StringComparison.Ordinal).Split(' ')));

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

    /// <returns>What it ends with, and the lines that it tells.</returns>
    private async Task<string> RunAsync(params string[] arguments)
    {
        var told = new StringWriter();
        var code = await Operator.Known.RunAsync(arguments, () => new RunningApp(_app.Services), told, Cancellation);
        return $"{code}\n{told}".TrimEnd().ReplaceLineEndings("\n");
    }

    private int Alarms(App app) =>
        app.Logs.Entries.Count(entry => entry.StartsWith("Critical", StringComparison.Ordinal) && entry.Contains($"Found in the trail of {_organization}", StringComparison.Ordinal));

    private Task<Answer> AcknowledgeAsync(string id) => _app.As(Accounts.Olive).PostAsync(
        "audit/findings", new JsonObject { ["organization"] = _organization, ["findings"] = new JsonArray(id), ["reason"] = "Understood." });
}
