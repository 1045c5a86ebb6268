using System.Net;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Meetings;

/// <summary>Meetings that repeat: how they are planned, and where time puts them in the list.</summary>
public sealed class SeriesTests(QuietCloud quiet) : IAsyncLifetime
{
    private const string Daily = """{"type":1,"end_times":3}""";

    private SeriesBench _bench = null!;

    private Person Alice => _bench.Alice;

    public async ValueTask InitializeAsync() => _bench = await SeriesBench.StartAsync(quiet.Cloud);

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task A_series_is_created_read_and_listed_with_how_it_repeats_and_its_occurrences()
    {
        const string Recurrence = """{"type":2,"repeat_interval":2,"weekly_days":"2,4","end_times":5}""";
        var start = new DateTimeOffset(2090, 1, 2, 9, 30, 0, TimeSpan.Zero);
        var created = await _bench.CreateAsync(start, Recurrence, minutes: 45);
        var sent = _bench.Zoom.Zoom.Requests.All.Single(request => request is { Method: "POST", Status: 201 }).Body!;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Recurrence), sent["recurrence"]), sent.ToJsonString());
        Assert.Equal(8, (int)sent["type"]!);

        foreach (var meeting in (JsonObject?[])[created, await _bench.ReadAsync(created["id"]!), await _bench.ListedAsync(created["id"]!, "upcoming")])
        {
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Recurrence), meeting!["recurrence"]), meeting.ToJsonString());
            // Monday and Wednesday, each second week.
            Assert.Equal(
                ["2090-01-02T09:30:00Z", "2090-01-04T09:30:00Z", "2090-01-16T09:30:00Z", "2090-01-18T09:30:00Z", "2090-01-30T09:30:00Z"],
                meeting["occurrences"]!.AsArray().Select(occurrence => (string?)occurrence!["start_time"]));
            var first = meeting["occurrences"]![0]!;
            Assert.Equal($"{start.ToUnixTimeMilliseconds()}", (string?)first["occurrence_id"]);
            Assert.Equal((45, "available"), ((int)first["duration"]!, (string?)first["status"]));
            Assert.Equal(("2090-01-02T09:30:00Z", 45, "waiting", 8), (
                (string?)meeting["start_time"], (int)meeting["duration"]!, (string?)meeting["status"], (int)meeting["type"]!));
        }
    }

    [Theory]
    [InlineData("""{"type":1,"repeat_interval":90,"end_times":50}""")]
    [InlineData("""{"type":2,"repeat_interval":12,"weekly_days":"1,7","end_date_time":"2091-01-02T09:30:00Z"}""")]
    [InlineData("""{"type":3,"repeat_interval":3,"monthly_day":31,"end_times":2}""")]
    [InlineData("""{"type":3,"repeat_interval":1,"monthly_week":-1,"monthly_week_day":6,"end_date_time":"2090-06-02T09:30:00Z"}""")]
    [InlineData("""{"type":1}""")]
    public async Task Each_member_of_a_recurrence_goes_to_Zoom_and_comes_back_as_it_is_and_so_does_one_in_its_place(string recurrence)
    {
        var start = new DateTimeOffset(2090, 1, 2, 9, 30, 0, TimeSpan.Zero);
        var created = await _bench.CreateAsync(start, recurrence);
        await AssertWholeAsync(created, recurrence);
        foreach (var other in (string[])["""{"type":2,"weekly_days":"3","end_times":4}""", recurrence])
        {
            var changed = await Alice.PatchAsync($"meetings/{created["id"]}", new JsonObject { ["recurrence"] = JsonNode.Parse(other) });
            Assert.True(changed.Status == HttpStatusCode.OK, changed.Text);
            await AssertWholeAsync(changed.Json, other);
        }

        async Task AssertWholeAsync(JsonObject answered, string expected)
        {
            var sent = _bench.Zoom.Zoom.Requests.All.Last(request => request.Method is "POST" or "PATCH" && request.Path.StartsWith("/v2/", StringComparison.Ordinal)).Body!;
            foreach (var meeting in (JsonNode?[])[sent, answered, await _bench.ReadAsync(created["id"]!), await _bench.ListedAsync(created["id"]!, "upcoming")])
            {
                Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), meeting!["recurrence"]), meeting.ToJsonString());
            }
        }
    }

    [Theory]
    [InlineData("""{"type":8}""", "recurrence")]
    [InlineData("""{"type":2,"recurrence":{"type":1}}""", "recurrence")]
    [InlineData("""{"recurrence":{"type":1}}""", "recurrence")]
    [InlineData("""{"type":3,"recurrence":{"type":1}}""", "recurrence")]
    [InlineData("""{"type":1,"recurrence":{"type":1}}""", "recurrence")]
    [InlineData("""{"type":3,"start_time":"2090-01-01T10:00:00Z"}""", "start_time")]
    [InlineData("""{"type":4}""", "type is")]
    [InlineData("""{"type":8,"recurrence":{}}""", "recurrence.type")]
    [InlineData("""{"type":8,"recurrence":{"type":0}}""", "recurrence.type")]
    [InlineData("""{"type":8,"recurrence":{"type":4}}""", "recurrence.type")]
    [InlineData("""{"type":8,"recurrence":{"type":1,"repeat_interval":0}}""", "recurrence.repeat_interval is 1 to 90")]
    [InlineData("""{"type":8,"recurrence":{"type":1,"repeat_interval":91}}""", "recurrence.repeat_interval is 1 to 90")]
    [InlineData("""{"type":8,"recurrence":{"type":2,"repeat_interval":13}}""", "recurrence.repeat_interval is 1 to 12")]
    [InlineData("""{"type":8,"recurrence":{"type":3,"repeat_interval":4}}""", "recurrence.repeat_interval is 1 to 3")]
    [InlineData("""{"type":8,"recurrence":{"type":1,"weekly_days":"1"}}""", "recurrence.weekly_days is for weekly")]
    [InlineData("""{"type":8,"recurrence":{"type":2,"weekly_days":""}}""", "recurrence.weekly_days is 1")]
    [InlineData("""{"type":8,"recurrence":{"type":2,"weekly_days":"0"}}""", "recurrence.weekly_days is 1")]
    [InlineData("""{"type":8,"recurrence":{"type":2,"weekly_days":"1,8"}}""", "recurrence.weekly_days is 1")]
    [InlineData("""{"type":8,"recurrence":{"type":2,"weekly_days":"1, 2"}}""", "recurrence.weekly_days is 1")]
    [InlineData("""{"type":8,"recurrence":{"type":2,"weekly_days":"3,3"}}""", "recurrence.weekly_days is 1")]
    [InlineData("""{"type":8,"recurrence":{"type":2,"weekly_days":[1]}}""", "recurrence.weekly_days")]
    [InlineData("""{"type":8,"recurrence":{"type":2,"monthly_day":1}}""", "recurrence.monthly_day is for monthly")]
    [InlineData("""{"type":8,"recurrence":{"type":2,"monthly_week":1,"monthly_week_day":1}}""", "recurrence.monthly_week is for monthly")]
    [InlineData("""{"type":8,"recurrence":{"type":3,"monthly_day":0}}""", "recurrence.monthly_day is 1 to 31")]
    [InlineData("""{"type":8,"recurrence":{"type":3,"monthly_day":32}}""", "recurrence.monthly_day is 1 to 31")]
    [InlineData("""{"type":8,"recurrence":{"type":3,"monthly_week":5,"monthly_week_day":1}}""", "recurrence.monthly_week is 1 to 4, or -1")]
    [InlineData("""{"type":8,"recurrence":{"type":3,"monthly_week":0,"monthly_week_day":1}}""", "recurrence.monthly_week is 1 to 4, or -1")]
    [InlineData("""{"type":8,"recurrence":{"type":3,"monthly_week":1,"monthly_week_day":8}}""", "recurrence.monthly_week_day is 1")]
    [InlineData("""{"type":8,"recurrence":{"type":3,"monthly_week":1}}""", "recurrence.monthly_week_day go together")]
    [InlineData("""{"type":8,"recurrence":{"type":3,"monthly_day":1,"monthly_week":1,"monthly_week_day":2}}""", "recurrence.monthly_week exclude")]
    [InlineData("""{"type":8,"recurrence":{"type":1,"end_times":0}}""", "recurrence.end_times is 1 to 50")]
    [InlineData("""{"type":8,"recurrence":{"type":1,"end_times":51}}""", "recurrence.end_times is 1 to 50")]
    [InlineData("""{"type":8,"recurrence":{"type":1,"end_times":2,"end_date_time":"2090-01-01T10:00:00Z"}}""", "recurrence.end_date_time exclude")]
    [InlineData("""{"type":8,"recurrence":{"type":1,"end_date_time":"2090-01-01T10:00:00"}}""", "recurrence.end_date_time is UTC")]
    [InlineData("""{"type":8,"start_time":"2090-01-02T10:00:00Z","recurrence":{"type":1,"end_date_time":"2090-01-01T10:00:00Z"}}""", "recurrence.end_date_time is not before")]
    [InlineData("""{"type":8,"recurrence":{"type":1,"until":"2090-01-01"}}""", "recurrence.until")]
    public async Task What_is_wrong_with_a_series_is_a_400_that_names_it(string body, string says)
    {
        var asked = JsonNode.Parse(body)!;
        asked["topic"] = "T";
        var refused = await Alice.PostAsync("meetings", asked);
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_request"), (refused.Status, refused.Code));
        Assert.Contains(says, (string?)refused.Json["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_series_stands_under_its_next_occurrence_and_moves_on_when_it_is_met_behind_its_time()
    {
        var start = SeriesBench.Minute(_bench.Now).AddMinutes(5);
        var series = await _bench.CreateAsync(start, Daily, minutes: 30);
        await _bench.PlanAsync("Today", start.AddHours(2));
        await _bench.PlanAsync("The day after tomorrow", start.AddDays(2).AddHours(-1));
        Assert.Equal("Series, Today, The day after tomorrow", await _bench.TopicsAsync(""));
        await AssertStandsAsync("waiting", "upcoming", start);

        _bench.Time.Advance(TimeSpan.FromMinutes(36));
        Assert.Equal("Today, Series, The day after tomorrow", await _bench.TopicsAsync(""));
        await AssertStandsAsync("waiting", "upcoming", start.AddDays(1));

        // Nobody looks for a week, or only at what is past.
        _bench.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal("Today", await _bench.TopicsAsync("when=past"));
        Assert.Equal("The day after tomorrow, Series", await _bench.TopicsAsync("when=upcoming"));
        await AssertStandsAsync("waiting", "upcoming", start.AddDays(2));
        _bench.Time.Advance(TimeSpan.FromDays(7));
        Assert.Equal("Series, The day after tomorrow, Today", await _bench.TopicsAsync("when=past"));
        Assert.Equal("", await _bench.TopicsAsync(""));
        await AssertStandsAsync("waiting", "past", start.AddDays(2));

        async Task AssertStandsAsync(string status, string when, DateTimeOffset at)
        {
            foreach (var meeting in (JsonObject?[])[await _bench.ReadAsync(series["id"]!), await _bench.ListedAsync(series["id"]!, when)])
            {
                Assert.Equal((status, SeriesBench.Text(at)), ((string?)meeting!["status"], (string?)meeting["start_time"]));
            }
        }
    }

    [Fact]
    public async Task A_series_that_nobody_looked_at_while_it_went_on_is_past_all_the_same()
    {
        await _bench.CreateAsync(SeriesBench.Minute(_bench.Now).AddMinutes(5), """{"type":1,"end_times":3}""");
        _bench.Time.Advance(TimeSpan.FromDays(10));
        Assert.Equal("Series", await _bench.TopicsAsync("when=past"));
        Assert.Equal("", await _bench.TopicsAsync(""));
    }

    [Fact]
    public async Task More_series_behind_their_time_than_a_call_moves_on_are_found_by_going_on()
    {
        var start = SeriesBench.Minute(_bench.Now).AddMinutes(1);
        for (var i = 0; i < 7; i++)
        {
            await _bench.CreateAsync(start, """{"type":1,"end_times":9}""", minutes: 5, topic: $"S{i}");
        }

        _bench.Time.Advance(TimeSpan.FromDays(3));
        var (found, cursor) = (new List<string?>(), "");
        do
        {
            var page = (await Alice.GetAsync($"meetings?pageSize=2&cursor={cursor}")).Json;
            found.AddRange(page["meetings"]!.AsArray().Select(meeting => (string?)meeting!["topic"]));
            cursor = (string?)page["cursor"];
        }
        while (cursor is not null);
        Assert.Equal(["S0", "S1", "S2", "S3", "S4", "S5", "S6"], found.Order());
    }

    [Fact]
    public async Task A_session_s_end_leads_to_the_next_occurrence_and_the_last_one_s_to_the_past()
    {
        var start = SeriesBench.Minute(_bench.Now).AddMinutes(5);
        var number = (await _bench.CreateAsync(start, """{"type":1,"end_times":2}"""))["id"]!;
        foreach (var (day, status, when) in ((int, string, string)[])[(0, "waiting", "upcoming"), (1, "ended", "past")])
        {
            _bench.Time.Advance(start.AddDays(day).AddMinutes(-1) - _bench.Now);
            await _bench.FollowAsync("meeting.started", number);
            Assert.Equal(SeriesBench.Text(start.AddDays(day)), (string?)(await _bench.ListedAsync(number, "now"))!["start_time"]);
            Assert.Equal("started", (string?)(await _bench.ReadAsync(number))["status"]);
            // Long before its planned end.
            _bench.Time.Advance(TimeSpan.FromMinutes(10));
            await _bench.FollowAsync("meeting.ended", number);
            var listed = (await _bench.ListedAsync(number, when))!;
            Assert.Equal((status, SeriesBench.Text(start.AddDays(1))), ((string?)listed["status"], (string?)listed["start_time"]));
            var read = await _bench.ReadAsync(number);
            Assert.Equal((status, SeriesBench.Text(start.AddDays(1))), ((string?)read["status"], (string?)read["start_time"]));
            Assert.Equal(status, (string?)(await Alice.GetAsync($"meetings/{number}/status")).Json["status"]);
            Assert.Null(await _bench.ListedAsync(number, "now"));
        }
    }

    [Fact]
    public async Task A_series_without_times_stands_last_and_waits_again_after_each_session()
    {
        var created = await Alice.PostAsync("meetings", new JsonObject { ["topic"] = "Whenever", ["type"] = 3 });
        Assert.True(created.Status == HttpStatusCode.Created, created.Text);
        Assert.False(created.Json.ContainsKey("start_time") || created.Json.ContainsKey("occurrences"));
        var number = created.Json["id"]!;
        await _bench.PlanAsync("Planned", _bench.Now.AddYears(1));
        Assert.Equal("Planned, Whenever", await _bench.TopicsAsync(""));
        await _bench.FollowAsync("meeting.started", number);
        Assert.Equal("Whenever, Planned", await _bench.TopicsAsync(""));
        await _bench.FollowAsync("meeting.ended", number);
        Assert.Equal("Planned, Whenever", await _bench.TopicsAsync(""));
        Assert.Equal("waiting", (string?)(await _bench.ReadAsync(number))["status"]);
        Assert.Equal("no_start_time", (await Alice.GetAsync($"meetings/{number}/calendar")).Code);
        Assert.Equal("invalid_request", (await Alice.PatchAsync($"meetings/{number}", new JsonObject { ["start_time"] = "2090-01-01T10:00:00Z" })).Code);
    }

    [Fact]
    public async Task What_started_and_never_ended_runs_for_30_hours_and_no_longer()
    {
        var start = SeriesBench.Minute(_bench.Now).AddMinutes(1);
        var single = (await _bench.PlanAsync("Single", start)).Json["id"]!;
        var series = (await _bench.CreateAsync(start, """{"type":1,"end_times":4}"""))["id"]!;
        var last = (await _bench.CreateAsync(start, """{"type":1,"end_times":1}""", topic: "Last"))["id"]!;
        var whenever = (await Alice.PostAsync("meetings", new JsonObject { ["topic"] = "Whenever", ["type"] = 3 })).Json["id"]!;
        foreach (var number in (JsonNode[])[single, series, last, whenever])
        {
            await _bench.FollowAsync("meeting.started", number);
        }

        _bench.Time.Advance(TimeSpan.FromHours(29.9));
        Assert.Equal("Last, Series, Single, Whenever", string.Join(", ", (await _bench.TopicsAsync("when=now")).Split(", ").Order()));
        _bench.Time.Advance(TimeSpan.FromHours(0.2));
        Assert.Equal("", await _bench.TopicsAsync("when=now"));
        Assert.Equal("Series, Whenever", await _bench.TopicsAsync(""));
        Assert.Equal("Last, Single", string.Join(", ", (await _bench.TopicsAsync("when=past")).Split(", ").Order()));
        foreach (var (number, status, when) in ((JsonNode, string, string)[])
            [(single, "ended", "past"), (last, "ended", "past"), (series, "waiting", "upcoming"), (whenever, "waiting", "upcoming")])
        {
            Assert.Equal((status, status), ((string?)(await _bench.ListedAsync(number, when))!["status"], (string?)(await _bench.ReadAsync(number))["status"]));
            Assert.Equal(status, (string?)(await Alice.GetAsync($"meetings/{number}/status")).Json["status"]);
        }
    }
}
