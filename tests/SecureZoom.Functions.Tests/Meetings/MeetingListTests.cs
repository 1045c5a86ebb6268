using System.Net;
using System.Text.Json.Nodes;
using Azure;
using Azure.Data.Tables;
using SecureZoom.Functions.Meetings;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Meetings;

/// <summary>An organisation's meetings, page by page.</summary>
public sealed class MeetingListTests(Cloud cloud) : IAsyncLifetime
{
    private App _app = null!;

    public async ValueTask InitializeAsync() => _app = await App.StartAsync(cloud);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Lists_go_on_by_cursor_and_hold_no_passcodes()
    {
        const string Own = "org_meetings_list";
        var alice = Accounts.Alice.In(Own);
        var numbers = new List<long>();
        for (var i = 0; i < 5; i++)
        {
            var body = new JsonObject { ["topic"] = $"Listed {i}", ["start_time"] = $"2090-01-0{5 - i}T10:00:00Z" };
            numbers.Insert(0, (long)(await _app.As(alice).PostAsync("meetings", body)).Json["id"]!);
        }

        var found = new List<long>();
        var cursor = "";
        do
        {
            var page = await _app.As(alice).GetAsync($"meetings?pageSize=2&cursor={cursor}");
            MeetingCallsTests.AssertHarmless(page);
            Assert.All(page.Json["meetings"]!.AsArray(), meeting =>
            {
                Assert.False(meeting!.AsObject().ContainsKey("password"));
                Assert.False(meeting.AsObject().ContainsKey("join_url"));
            });
            found.AddRange(page.Json["meetings"]!.AsArray().Select(meeting => (long)meeting!["id"]!));
            cursor = (string?)page.Json["cursor"];
        }
        while (cursor is not null);
        Assert.Equal(numbers, found);
    }

    [Fact]
    public async Task A_cursor_is_good_for_whom_it_was_given_to()
    {
        const string Own = "org_meetings_cursor";
        var (alice, bob) = (Accounts.Alice.In(Own), Accounts.Bob.In(Own));
        await _app.As(alice).PostAsync("meetings", new JsonObject { ["topic"] = "One" });
        await _app.As(alice).PostAsync("meetings", new JsonObject { ["topic"] = "Two" });
        var cursor = (string)(await _app.As(alice).GetAsync("meetings?pageSize=1")).Json["cursor"]!;
        Assert.Equal(HttpStatusCode.OK, (await _app.As(alice).GetAsync($"meetings?cursor={cursor}")).Status);
        foreach (var filter in (string[])["when=upcoming", "when=past", "from=2026-01-01", "to=2090-01-01", "host=me", "query=o"])
        {
            Assert.Equal((filter, "invalid_cursor"), (filter, (await _app.As(alice).GetAsync($"meetings?{filter}&cursor={cursor}")).Code));
        }

        var auditCursor = (string?)(await AuditCursorAsync(Own));
        (string Who, Account Account, string Cursor)[] wrong =
        [
            ("a colleague", bob, cursor),
            ("the same person elsewhere", Accounts.Alice.In("org_meetings_elsewhere"), cursor),
            ("a forger", alice, cursor[..^1] + (cursor[^1] == 'A' ? 'Q' : 'A')),
            ("half of it", alice, cursor[..(cursor.Length / 2)]),
            ("rubbish", alice, "rubbish"),
            ("another list's", Accounts.Carol.In(Own), auditCursor!),
        ];
        foreach (var (who, account, tried) in wrong)
        {
            var answer = await _app.As(account).GetAsync($"meetings?cursor={tried}");
            Assert.Equal((who, HttpStatusCode.BadRequest, "invalid_cursor"), (who, answer.Status, answer.Code));
        }
    }

    [Theory]
    [InlineData("pageSize=0")]
    [InlineData("pageSize=101")]
    [InlineData("pageSize=ten")]
    [InlineData("pagesize=10")]
    [InlineData("pageSize=10&pageSize=10")]
    [InlineData("organization=org_globex")]
    [InlineData("when=later", "now, upcoming or past")]
    [InlineData("when=Now", "now, upcoming or past")]
    [InlineData("host=alice@acme.example", "host is me")]
    [InlineData("from=yesterday", "from is a time")]
    [InlineData("from=2026-12-02&to=2026-12-01", "from is not after to")]
    [InlineData("query={201}", "at most 200 characters")]
    public async Task A_list_s_query_is_strict(string query, string? says = null)
    {
        var refused = await _app.As(Accounts.Bob).GetAsync($"meetings?{query.Replace("{201}", new string('A', 201), StringComparison.Ordinal)}");
        Assert.Equal("invalid_request", refused.Code);
        Assert.Contains(says ?? "", (string?)refused.Json["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_deleted_or_nobody_s_any_more_leaves_no_gap_and_costs_nothing()
    {
        var alice = Accounts.Alice.In($"org_gaps_{Guid.NewGuid():N}");
        var storage = new StorageTap();
        await using var app = await App.StartAsync(cloud, services: services => storage.Tap(services, cloud));
        var numbers = new List<string>();
        for (var i = 0; i < 8; i++)
        {
            var body = new JsonObject { ["topic"] = $"Gap {i}", ["start_time"] = $"2090-01-0{i + 1}T10:00:00Z" };
            numbers.Add((await app.As(alice).PostAsync("meetings", body)).Json["id"]!.ToString());
        }

        foreach (var number in numbers[..4])
        {
            Assert.Equal(HttpStatusCode.NoContent, (await app.As(alice).DeleteAsync($"meetings/{number}")).Status);
        }

        var table = new TableClient(cloud.Storage.ConnectionString, MeetingTable.Name);
        foreach (var number in numbers[4..6])
        {
            await table.DeleteEntityAsync($"a:{Cloud.ZoomAccountId}", number.PadLeft(11, '0'), ETag.All, TestContext.Current.CancellationToken);
        }

        var before = storage.Count("GET", "/meetings()");
        var page = (await app.As(alice).GetAsync("meetings?when=upcoming&pageSize=1")).Json;
        Assert.Equal(numbers[6], $"{Assert.Single(page["meetings"]!.AsArray())!["id"]}");
        // Series behind their time; the two that nobody has any more, and the two that there are.
        Assert.Equal(3, storage.Count("GET", "/meetings()") - before);

        var last = (await app.As(alice).GetAsync($"meetings?when=upcoming&pageSize=1&cursor={page["cursor"]}")).Json;
        Assert.Equal((numbers[7], null), ($"{Assert.Single(last["meetings"]!.AsArray())!["id"]}", last["cursor"]));
    }

    private async Task<string?> AuditCursorAsync(string organization) => await Wait.ForAsync("two records", async () =>
        (string?)(await _app.As(Accounts.Carol.In(organization)).GetAsync("audit?limit=1")).Json["cursor"]);
}
