using System.Net;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Hosting;

namespace SecureZoom.Functions.Tests.Meetings;

/// <summary>What a PATCH makes of a series: its name, its times, its recurrence.</summary>
public sealed class SeriesChangeTests(QuietCloud quiet) : IAsyncLifetime
{
    private const string Daily = """{"type":1,"end_times":3}""";

    private SeriesBench _bench = null!;

    private Person Alice => _bench.Alice;

    public async ValueTask InitializeAsync() => _bench = await SeriesBench.StartAsync(quiet.Cloud);

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task A_series_is_changed_as_Zoom_changes_one_and_keeps_its_occurrences_else()
    {
        var start = SeriesBench.Minute(_bench.Now).AddDays(1);
        var number = (await _bench.CreateAsync(start, Daily))["id"]!;
        var renamed = await Alice.PatchAsync($"meetings/{number}", new JsonObject { ["topic"] = "Renamed", ["agenda"] = "A" });
        Assert.Equal(3, renamed.Json["occurrences"]!.AsArray().Count);
        Assert.Equal(3, (int)renamed.Json["recurrence"]!["end_times"]!);

        foreach (var (body, says) in ((string, string)[])
        [
            ($$"""{"start_time":"{{SeriesBench.Text(start.AddDays(3))}}"}""", "recurrence"),
            ($$"""{"start_time":"{{SeriesBench.Text(start.AddDays(-3))}}","recurrence":{"type":1} }""", "in the future"),
            ("""{"recurrence":{"end_times":2} }""", "recurrence.type"),
        ])
        {
            var refused = await Alice.PatchAsync($"meetings/{number}", JsonNode.Parse(body)!);
            Assert.Equal("invalid_request", refused.Code);
            Assert.Contains(says, (string?)refused.Json["detail"], StringComparison.Ordinal);
        }

        var later = start.AddDays(7);
        var moved = await Alice.PatchAsync(
            $"meetings/{number}", JsonNode.Parse($$"""{"start_time":"{{SeriesBench.Text(later)}}","recurrence":{"type":1,"repeat_interval":2,"end_times":2} }""")!);
        Assert.True(moved.Status == HttpStatusCode.OK, moved.Text);
        Assert.Equal(
            [SeriesBench.Text(later), SeriesBench.Text(later.AddDays(2))],
            moved.Json["occurrences"]!.AsArray().Select(occurrence => (string?)occurrence!["start_time"]));
        Assert.Equal(SeriesBench.Text(later), (string?)(await _bench.ListedAsync(number, "upcoming"))!["start_time"]);

        var single = (await _bench.PlanAsync("Single", start)).Json["id"];
        Assert.Contains("recurrence", (string?)(await Alice.PatchAsync($"meetings/{single}", JsonNode.Parse("""{"recurrence":{"type":1} }""")!)).Json["detail"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UTC")]
    [InlineData("America/New_York")]
    public async Task A_recurrence_that_is_changed_without_a_start_counts_from_the_next_time_of_the_series(string timezone)
    {
        var start = SeriesBench.Minute(_bench.Now).AddMinutes(5);
        var series = await _bench.CreateAsync(start, """{"type":1,"end_times":9}""", timezone: timezone);
        var number = series["id"]!;
        _bench.Time.Advance(TimeSpan.FromDays(1.5));
        // The next one takes place later, alone.
        await Alice.PatchAsync($"meetings/{number}?occurrence_id={series["occurrences"]![2]!["occurrence_id"]}", new JsonObject { ["start_time"] = SeriesBench.Text(start.AddDays(2).AddHours(3)) });

        var changed = await Alice.PatchAsync($"meetings/{number}", JsonNode.Parse("""{"recurrence":{"type":1,"end_times":2} }""")!);
        Assert.True(changed.Status == HttpStatusCode.OK, changed.Text);
        Assert.Equal(
            [SeriesBench.Text(start.AddDays(2)), SeriesBench.Text(start.AddDays(3))],
            changed.Json["occurrences"]!.AsArray().Select(occurrence => (string)occurrence!["start_time"]!).Where(time => DateTimeOffset.Parse(time, null) > _bench.Now));
        var sent = _bench.Zoom.Zoom.Requests.All.Last(request => request.Method == "PATCH").Body!;
        Assert.Equal((timezone, false), ((string?)sent["timezone"], ((string)sent["start_time"]!).EndsWith('Z')));

        var early = await Alice.PatchAsync($"meetings/{number}", JsonNode.Parse($$"""{"recurrence":{"type":1,"end_date_time":"{{SeriesBench.Text(start.AddDays(1))}}"} }""")!);
        Assert.Contains("recurrence.end_date_time is not before", (string?)early.Json["detail"], StringComparison.Ordinal);
        var until = await Alice.PatchAsync($"meetings/{number}", JsonNode.Parse($$"""{"recurrence":{"type":1,"end_date_time":"{{SeriesBench.Text(start.AddDays(4).AddHours(1))}}"} }""")!);
        Assert.Equal(SeriesBench.Text(start.AddDays(4)), (string?)until.Json["occurrences"]!.AsArray()[^1]!["start_time"]);

        _bench.Time.Advance(TimeSpan.FromDays(9));
        var over = await Alice.PatchAsync($"meetings/{number}", JsonNode.Parse("""{"recurrence":{"type":1,"end_times":2} }""")!);
        Assert.Contains("together with a start_time", (string?)over.Json["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_of_a_series_that_Zoom_has_taken_and_does_not_tell_of_is_answered_from_what_is_known()
    {
        var start = SeriesBench.Minute(_bench.Now).AddDays(1);
        var number = (await _bench.CreateAsync(start, Daily))["id"]!;
        _bench.Zoom.Zoom.Faults.Add(new Fault($"/v2/meetings/{number}", 500, Times: 9, Method: "GET"));
        var moved = await Alice.PatchAsync(
            $"meetings/{number}", JsonNode.Parse($$"""{"start_time":"{{SeriesBench.Text(start.AddDays(4))}}","recurrence":{"type":1,"end_times":2} }""")!);
        Assert.True(moved.Status == HttpStatusCode.OK, moved.Text);
        Assert.Equal((SeriesBench.Text(start.AddDays(4)), 2), ((string?)moved.Json["start_time"], (int)moved.Json["recurrence"]!["end_times"]!));
        _bench.Zoom.Zoom.Faults.Clear();
        await _bench.FollowAsync("meeting.updated", number);
        Assert.Equal(2, (await _bench.ListedAsync(number, "upcoming"))!["occurrences"]!.AsArray().Count);

        _bench.Zoom.Zoom.Faults.Add(new Fault($"/v2/meetings/{number}", 500, Times: 9, Method: "GET"));
        Assert.Equal(90, (int)(await Alice.PatchAsync($"meetings/{number}", new JsonObject { ["duration"] = 90 })).Json["duration"]!);
    }
}
