using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>Reading a trail: pages, filters, cursors, exports.</summary>
public sealed class AuditReadingTests(Cloud cloud) : IAsyncLifetime
{
    private readonly string _organization = Story.NewOrganization();
    private App _app = null!;

    public async ValueTask InitializeAsync() => _app = await App.StartAsync(cloud);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Pages_neither_skip_nor_repeat_while_records_arrive()
    {
        await AppendAsync(Story.Events(25));
        var first = await ReadAsync("limit=10");
        await AppendAsync(Story.Events(7));
        var second = await ReadAsync($"limit=10&cursor={first["cursor"]}");
        var third = await ReadAsync($"limit=10&cursor={second["cursor"]}");

        var sequences = Sequences(first).Concat(Sequences(second)).Concat(Sequences(third));
        Assert.Equal(Enumerable.Range(1, 25).Select(sequence => (long)sequence).Reverse(), sequences);
        Assert.Null(third["cursor"]);
    }

    [Theory]
    [InlineData("person=auth0|1", 1)]
    [InlineData("person=Bob%40acme.example", 2)]
    [InlineData("ip=203.0.113.7", 2, 3)]
    [InlineData("ip=203.0.113.7&person=auth0|3", 3)]
    [InlineData("ip=203.0.113")]
    public async Task A_filter_finds_what_a_person_did_and_what_came_from_an_address(string filter, params int[] found)
    {
        await AppendAsync([Of(1, "alice", "198.51.100.1"), Of(2, "bob", "203.0.113.7"), Of(3, "carol", "203.0.113.7")]);
        Assert.Equal(found.Select(sequence => (long)sequence).OrderDescending(), Sequences(await ReadAsync(filter)));

        static AuditEvent Of(int number, string name, string ip) =>
            Story.Event(actor: new AuditActor { Type = "user", Subject = $"auth0|{number}", Email = $"{name}@acme.example" }) with { Client = new RequestClient(ip, null, null) };
    }

    [Theory]
    [InlineData("audit?action=signin.suceeded", "signin.succeeded")]
    [InlineData("audit?action=Meeting.Created", "meeting.created")]
    [InlineData("audit?action=meeting.participant_joined&source=okta", "signin.succeeded")]
    [InlineData("audit?outcome=maybe", "denied, failure, intent, success")]
    [InlineData("audit?source=github", "app, auth0, okta, zoom")]
    [InlineData("audit?text=a", "2 to 100")]
    [InlineData("audit/evidence?outcome=maybe", "denied, failure, intent, success")]
    [InlineData("audit/summary?by=week", "hour or day")]
    [InlineData("audit/summary?from=2026-01-01&to=2026-02-02", "31 days")]
    [InlineData("audit/summary?by=day&from=2024-01-01&to=2026-02-02", "400 days")]
    [InlineData("audit/summary?from=2026-02-02&to=2026-01-01", "from")]
    [InlineData("audit/summary?from=0001-01-01", "1970")]
    [InlineData("audit/summary?to=0001-01-01", "1970")]
    [InlineData("audit/summary?to=9999-12-31T23:59:59Z", "8999")]
    [InlineData("audit/summary?cursor=x", "organization")]
    public async Task What_no_record_can_have_is_a_mistake_that_says_what_there_is(string path, string told)
    {
        var answer = await _app.As(Accounts.Olive).GetAsync($"{path}&organization={_organization}");
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(told, (string?)answer.Json["detail"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("action=meeting.participant_joined")]
    [InlineData("action=recording.completed&source=zoom")]
    [InlineData("action=app_deauthorized")]
    public async Task Any_of_Zoom_s_events_may_be_asked_for(string filter) => Assert.Empty(Sequences(await ReadAsync(filter)));

    [Fact]
    public async Task Filters_hold_across_pages_and_a_cursor_belongs_to_its_filters_and_its_person()
    {
        await AppendAsync([.. Enumerable.Range(0, 12).Select(index => Story.Event(action: index % 2 == 0 ? "meeting.created" : "meeting.deleted"))]);
        var first = await ReadAsync("action=meeting.deleted&limit=4");
        var cursor = (string)first["cursor"]!;
        var second = await ReadAsync($"action=meeting.deleted&limit=4&cursor={cursor}");
        Assert.Equal([12L, 10, 8, 6, 4, 2], Sequences(first).Concat(Sequences(second)));

        foreach (var (person, query) in new[]
        {
            (Accounts.Olive, $"organization={_organization}&action=meeting.created&cursor={cursor}"),
            (Accounts.Olive, $"organization=org_acme&action=meeting.deleted&cursor={cursor}"),
            (Accounts.Audrey, $"action=meeting.deleted&cursor={cursor}"),
            (Accounts.Olive, $"organization={_organization}&action=meeting.deleted&cursor=x{cursor}"),
        })
        {
            Assert.Equal("invalid_cursor", (await _app.As(person).GetAsync($"audit?{query}")).Code);
        }
    }

    [Fact]
    public async Task An_export_is_on_record_has_every_line_and_says_how_many()
    {
        await AppendAsync(Story.Events(30));
        var export = await _app.As(Accounts.Olive).GetAsync($"audit?organization={_organization}", ("Accept", "application/x-ndjson"));

        Assert.Equal("application/x-ndjson", export.MediaType);
        var lines = export.Text.TrimEnd('\n').Split('\n').Select(line => JsonNode.Parse(line)!).ToList();
        // That it was exported may stand behind them already.
        Assert.InRange(lines.Count - 1, 30, 31);
        Assert.Equal(lines.Count - 1, (long)lines[^1]["trailer"]!["records"]!);
        Assert.Equal(Enumerable.Range(0, lines.Count - 1).Select(index => (long)index), lines.SkipLast(1).Select(line => (long)line["index"]!));
        await Wait.ForAsync("the export's own record", async () =>
        {
            var page = await _app.As(Accounts.Olive).GetAsync($"audit?organization=org_platform&action=audit.exported&limit=100");
            return page.Json["records"]!.AsArray().FirstOrDefault(record => (string?)record!["target"]!["id"] == _organization);
        });
    }

    [Theory]
    [InlineData("application/x-ndjson;q=0", "application/json")]
    [InlineData("application/x-ndjson;q=0, text/csv;q=0.5", "text/csv")]
    [InlineData("text/csv;q=0, */*", "application/json")]
    [InlineData("application/json;q=0.2, application/x-ndjson;q=0.9", "application/x-ndjson")]
    [InlineData("*/*;q=0.9, text/csv", "text/csv")]
    [InlineData("application/*;q=0.1, text/*;q=0.2, text/csv;q=0", "application/json")]
    [InlineData("application/json, application/x-ndjson", "application/json")]
    [InlineData("text/csv; charset=utf-8", "text/csv")]
    [InlineData("TEXT/CSV", "text/csv")]
    [InlineData("image/png", "application/json")]
    public async Task The_most_wanted_format_is_given_and_none_that_is_ruled_out(string accept, string expected) =>
        Assert.Equal(expected, (await _app.As(Accounts.Olive).GetAsync($"audit?organization={_organization}", ("Accept", accept))).MediaType);

    [Fact]
    public async Task Before_anything_was_recorded_there_is_nothing_and_no_error()
    {
        await using var storage = await SecureZoom.Sandbox.Storage.Azurite.StartAsync(new(), TestContext.Current.CancellationToken);
        await using var app = await App.StartAsync(cloud, new Dictionary<string, string?> { ["Audit"] = storage.ConnectionString });
        var (auditor, whose) = (app.As(Accounts.Olive), $"organization={_organization}");
        Assert.Equal("""{"records":[]}""", (await auditor.GetAsync($"audit?{whose}&from=2026-01-01&to=2026-12-31")).Text);
        Assert.Equal("""{"valid":true,"records":0,"waiting":0,"forgotten":0,"problems":[]}""", (await auditor.GetAsync($"audit/verification?{whose}")).Text);
        Assert.Empty((await auditor.GetAsync($"audit/checkpoints?{whose}")).Json["checkpoints"]!.AsArray());
        Assert.Equal("record_not_found", (await auditor.GetAsync($"audit/records/1/proof?{whose}")).Code);
        Assert.Equal("""{"from":0,"to":0,"hashes":[]}""", (await auditor.GetAsync($"audit/consistency?{whose}&from=0")).Text);
        var export = await auditor.GetAsync($"audit?{whose}", ("Accept", "application/x-ndjson"));
        Assert.StartsWith("{\"trailer\":{\"records\":0", export.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cells_that_begin_like_a_formula_are_none_in_the_CSV()
    {
        await AppendAsync([Story.Event(topic: "=HYPERLINK(\"http://evil.example\")"), Story.Event(topic: "two\r\nlines, and \"quotes\"")]);
        var export = await _app.As(Accounts.Olive).GetAsync($"audit?organization={_organization}", ("Accept", "text/csv"));

        Assert.Equal("text/csv", export.MediaType);
        Assert.DoesNotContain(",=HYPERLINK", export.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(",\"=HYPERLINK", export.Text, StringComparison.Ordinal);
        Assert.Contains("\"two  lines, and \"\"quotes\"\"\"", export.Text, StringComparison.Ordinal);
        Assert.Contains("records,2", export.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_range_of_time_is_the_time_of_recording()
    {
        await AppendAsync(Story.Events(3));
        var now = DateTimeOffset.UtcNow;
        await AppendAsync(Story.Events(2));
        Assert.Equal(2, Sequences(await ReadAsync($"from={now:O}".Replace("+", "%2B", StringComparison.Ordinal))).Count);
        Assert.Equal(3, Sequences(await ReadAsync($"to={now:O}".Replace("+", "%2B", StringComparison.Ordinal))).Count);
        Assert.Empty(Sequences(await ReadAsync("from=2100-01-01")));
        Assert.Empty(Sequences(await ReadAsync("to=2000-01-01")));
    }

    [Theory]
    [InlineData("audit")]
    [InlineData("audit/verification")]
    [InlineData("audit/checkpoints")]
    public async Task A_range_may_end_with_time_itself_and_not_before_it_begins(string call)
    {
        foreach (var range in (string[])["to=9999-12-31", "to=9999-12-31T23:59:59Z", "from=0001-01-01", "from=9999-12-31", "from=2026-12-01&to=2026-12-01"])
        {
            Assert.Equal((range, HttpStatusCode.OK), (range, (await _app.As(Accounts.Olive).GetAsync($"{call}?organization={_organization}&{range}")).Status));
        }

        var backwards = await _app.As(Accounts.Olive).GetAsync($"{call}?organization={_organization}&from=2026-12-02&to=2026-12-01");
        Assert.Equal("invalid_request", backwards.Code);
        Assert.Contains("from", (string)backwards.Json["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_reads_another_organisation_s_trail_but_the_operators()
    {
        foreach (var call in (string[])["audit", "audit/summary", "audit/verification", "audit/checkpoints"])
        {
            Assert.Equal(HttpStatusCode.OK, (await _app.As(Accounts.Audrey).GetAsync(call)).Status);
            Assert.Equal("insufficient_scope", (await _app.As(Accounts.Audrey).GetAsync($"{call}?organization=org_globex")).Code);
            Assert.Equal("insufficient_scope", (await _app.As(Accounts.Audrey).GetAsync($"{call}?organization=unassigned")).Code);
            Assert.Equal(HttpStatusCode.OK, (await _app.As(Accounts.Olive).GetAsync($"{call}?organization=org_globex")).Status);
            Assert.Equal("insufficient_scope", (await _app.As(Accounts.Bob).GetAsync(call)).Code);
            Assert.Equal("invalid_request", (await _app.As(Accounts.Olive).GetAsync($"{call}?organization=.organizations")).Code);
            Assert.Equal("invalid_request", (await _app.As(Accounts.Olive).GetAsync($"{call}?from=yesterday")).Code);
            Assert.Equal("invalid_request", (await _app.As(Accounts.Olive).GetAsync($"{call}?nonsense=1")).Code);
        }
    }

    [Fact]
    public async Task Refusals_are_recorded_once_a_minute_with_the_number_as_typed()
    {
        for (var time = 0; time < 5; time++)
        {
            Assert.Equal("meeting_not_found", (await _app.As(Accounts.Erin).GetAsync("meetings/not-a-number")).Code ?? "insufficient_scope");
        }

        var denied = await Wait.ForAsync("the refusal's record", async () =>
        {
            var page = await _app.As(Accounts.Olive).GetAsync("audit?organization=org_globex&action=access.denied&limit=500");
            return page.Json["records"]!.AsArray().Where(record => (string?)record!["meeting"] == "not-a-number").ToList() is { Count: > 0 } found ? found : null;
        });
        Assert.Equal("Erin Evans", (string?)Assert.Single(denied)!["actor"]!["name"]);
    }

    private Task<int> AppendAsync(IReadOnlyList<AuditEvent> events) =>
        _app.Services.GetRequiredService<AuditTrail>().AppendAsync(_organization, events, TestContext.Current.CancellationToken);

    private async Task<JsonObject> ReadAsync(string query) =>
        (await _app.As(Accounts.Olive).GetAsync($"audit?organization={_organization}&{query}")).Json;

    private static IReadOnlyList<long> Sequences(JsonObject page) =>
        [.. page["records"]!.AsArray().Select(record => (long)record!["sequence"]!)];
}
