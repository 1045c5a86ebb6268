using System.Net;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Hosting;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Meetings;

/// <summary>One occurrence of a series, apart from all others.</summary>
public sealed class OccurrenceTests(QuietCloud quiet) : IAsyncLifetime
{
    private SeriesBench _bench = null!;
    private DateTimeOffset _start;
    private JsonNode _number = null!;

    private Person Alice => _bench.Alice;

    public async ValueTask InitializeAsync()
    {
        _bench = await SeriesBench.StartAsync(quiet.Cloud);
        _start = SeriesBench.Minute(_bench.Now).AddDays(1);
        _number = (await _bench.CreateAsync(_start, """{"type":1,"end_times":3}"""))["id"]!;
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task One_is_read_with_its_own_time_and_the_series_passcode()
    {
        var read = await Alice.GetAsync(Path(1));
        MeetingCallsTests.AssertHarmless(read);
        Assert.Equal(SeriesBench.Text(_start.AddDays(1)), (string?)read.Json["start_time"]);
        Assert.Equal(Id(1), (string?)Assert.Single(read.Json["occurrences"]!.AsArray())!["occurrence_id"]);
        Assert.Equal((string?)(await _bench.ReadAsync(_number))["password"], (string?)read.Json["password"]);
        Assert.False((await _bench.As(Accounts.Bob).GetAsync(Path(1))).Json.ContainsKey("join_url"));
        Assert.Equal("insufficient_scope", (await _bench.As(Accounts.Audrey).GetAsync(Path(1))).Code);
    }

    [Fact]
    public async Task One_is_moved_alone_and_the_series_stands_where_that_puts_it()
    {
        var moved = await Alice.PatchAsync(Path(0), new JsonObject
        {
            ["start_time"] = SeriesBench.Text(_start.AddHours(30)),
            ["duration"] = 90,
            ["agenda"] = "Another",
            ["settings"] = new JsonObject { ["waiting_room"] = false, ["auto_recording"] = "cloud" },
        });
        Assert.True(moved.Status == HttpStatusCode.OK, moved.Text);
        var read = await Alice.GetAsync(Path(0));
        foreach (var one in (JsonObject[])[moved.Json, read.Json])
        {
            Assert.Equal(
                (SeriesBench.Text(_start.AddHours(30)), 90, "Another", false, "cloud"),
                ((string?)one["start_time"], (int)one["duration"]!, (string?)one["agenda"], (bool)one["settings"]!["waiting_room"]!, (string?)one["settings"]!["auto_recording"]));
        }

        var sent = _bench.Zoom.Zoom.Requests.All.Single(request => request.Method == "PATCH");
        Assert.Equal($"?occurrence_id={Id(0)}", sent.Query);
        Assert.False(sent.Body!["settings"]!.AsObject().ContainsKey("use_pmi"));
        // The second is the next one now.
        var listed = (await _bench.ListedAsync(_number, "upcoming"))!;
        Assert.Equal((SeriesBench.Text(_start.AddDays(1)), "", true), ((string?)listed["start_time"], (string?)listed["agenda"], (bool)listed["settings"]!["waiting_room"]!));
    }

    [Fact]
    public async Task A_local_time_of_one_is_that_of_the_zone_that_is_given()
    {
        var moved = await Alice.PatchAsync(Path(0), new JsonObject { ["start_time"] = "2091-07-01T10:00:00", ["timezone"] = "Asia/Kolkata" });
        Assert.Equal("2091-07-01T04:30:00Z", (string?)moved.Json["start_time"]);
        Assert.Equal("UTC", (string?)moved.Json["timezone"]);
    }

    [Theory]
    [InlineData("""{"topic":"Other"}""")]
    [InlineData("""{"recurrence":{"type":1}}""")]
    [InlineData("""{"timezone":"Asia/Kolkata"}""")]
    [InlineData("""{"settings":{"alternative_hosts":""}}""")]
    [InlineData("""{"settings":{"jbh_time":5}}""")]
    [InlineData("""{"settings":{"meeting_authentication":true}}""")]
    [InlineData("""{"settings":{"allow_multiple_devices":true}}""")]
    [InlineData("{}")]
    public async Task What_all_share_is_not_changed_of_one(string body)
    {
        var refused = await Alice.PatchAsync(Path(0), JsonNode.Parse(body)!);
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_request"), (refused.Status, refused.Code));
        Assert.Equal(0, _bench.Zoom.Count(HttpMethod.Patch, "/v2/"));
    }

    [Fact]
    public async Task One_is_deleted_alone_and_the_row_follows()
    {
        Assert.Equal(HttpStatusCode.NoContent, (await Alice.DeleteAsync(Path(0))).Status);
        Assert.Equal(SeriesBench.Text(_start.AddDays(1)), (string?)(await _bench.ListedAsync(_number, "upcoming"))!["start_time"]);
        Assert.Equal("deleted available available", Statuses(await _bench.ReadAsync(_number)));
        Assert.Equal("deleted available available", Statuses((await _bench.ListedAsync(_number, "upcoming"))!));
        Assert.Equal("occurrence_not_found", (await Alice.GetAsync(Path(0))).Code);
        Assert.Equal("occurrence_not_found", (await Alice.DeleteAsync(Path(0))).Code);

        // Zoom has deleted the next one too, and does not say what is left.
        _bench.Zoom.Zoom.Faults.Add(new Fault($"/v2/meetings/{_number}", 500, Times: 9, Method: "GET"));
        Assert.Equal(HttpStatusCode.NoContent, (await Alice.DeleteAsync(Path(1))).Status);
        _bench.Zoom.Zoom.Faults.Clear();
        Assert.Equal(SeriesBench.Text(_start.AddDays(2)), (string?)(await _bench.ListedAsync(_number, "upcoming"))!["start_time"]);
    }

    [Fact]
    public async Task One_that_Zoom_s_event_deletes_is_removed_alone()
    {
        await _bench.Zoom.CallAsync(HttpMethod.Delete, $"meetings/{_number}?occurrence_id={Id(0)}");
        await _bench.FollowAsync("meeting.deleted", _number, new JsonObject { ["operation"] = "single" });
        var listed = (await _bench.ListedAsync(_number, "upcoming"))!;
        Assert.Equal(("deleted available available", SeriesBench.Text(_start.AddDays(1))), (Statuses(listed), (string?)listed["start_time"]));
        Assert.Equal(HttpStatusCode.OK, (await Alice.PostAsync("signature", new JsonObject { ["meetingNumber"] = _number.DeepClone() })).Status);
    }

    [Fact]
    public async Task One_that_was_deleted_and_is_recovered_at_Zoom_takes_place_again()
    {
        Assert.Equal(HttpStatusCode.NoContent, (await Alice.DeleteAsync(Path(0))).Status);
        await _bench.Zoom.LetAsync("recover", $"{_number}");
        await _bench.FollowAsync("meeting.recovered", _number, new JsonObject { ["operation"] = "single" });
        var listed = (await _bench.ListedAsync(_number, "upcoming"))!;
        Assert.Equal(("available available available", SeriesBench.Text(_start)), (Statuses(listed), (string?)listed["start_time"]));
        Assert.Equal(HttpStatusCode.OK, (await Alice.GetAsync(Path(0))).Status);
    }

    [Fact]
    public async Task Of_what_is_no_series_no_occurrence_is_touched_and_nothing_else_either()
    {
        var single = (await Alice.PostAsync("meetings", new JsonObject { ["topic"] = "Single" })).Json["id"]!;
        foreach (var path in (string[])[$"meetings/{single}?occurrence_id={Id(0)}", $"meetings/{_number}?occurrence_id=1", $"meetings/{_number}?occurrence_id=x", $"meetings/{_number}?occurrence_id=..%2F1"])
        {
            Answer[] answers = [await Alice.GetAsync(path), await Alice.PatchAsync(path, new JsonObject { ["agenda"] = "A" }), await Alice.DeleteAsync(path)];
            Assert.All(answers, answer => Assert.Equal((path, HttpStatusCode.NotFound, "occurrence_not_found"), (path, answer.Status, answer.Code)));
        }

        Assert.DoesNotContain(_bench.Zoom.Zoom.Requests.All, request => request.Method is "PATCH" or "DELETE" && request.Path.EndsWith($"{single}", StringComparison.Ordinal));
        Assert.Equal("invalid_request", (await Alice.GetAsync($"meetings/{_number}?occurrence={Id(0)}")).Code);
        Assert.Equal("invalid_request", (await Alice.DeleteAsync($"meetings/{_number}?occurrenceId={Id(0)}")).Code);
        Assert.Equal(HttpStatusCode.OK, (await Alice.GetAsync($"meetings/{single}")).Status);
        Assert.Equal("available available available", Statuses(await _bench.ReadAsync(_number)));
    }

    [Fact]
    public async Task A_series_that_is_gone_at_Zoom_is_gone_here_whichever_occurrence_is_asked_for()
    {
        await _bench.Zoom.CallAsync(HttpMethod.Delete, $"meetings/{_number}");
        Assert.Equal("meeting_not_found", (await Alice.GetAsync(Path(1))).Code);
        Assert.Equal("", await _bench.TopicsAsync(""));
    }

    [Fact]
    public async Task Nobody_else_s_hand_is_on_it()
    {
        Assert.Equal("insufficient_scope", (await _bench.As(Accounts.Bob).DeleteAsync(Path(0))).Code);
        Assert.Equal("not_host", (await _bench.As(Accounts.Dave).DeleteAsync(Path(0))).Code);
        Assert.Equal("not_host", (await _bench.As(Accounts.Dave).PatchAsync(Path(0), new JsonObject { ["agenda"] = "A" })).Code);
        Assert.Equal("meeting_not_found", (await _bench.App.As(Accounts.Carol.In("org_other")).DeleteAsync(Path(0))).Code);
        Assert.Equal("available available available", Statuses(await _bench.ReadAsync(_number)));
    }

    private string Path(int day) => $"meetings/{_number}?occurrence_id={Id(day)}";

    private string Id(int day) => $"{_start.AddDays(day).ToUnixTimeMilliseconds()}";

    private static string Statuses(JsonObject meeting) =>
        string.Join(' ', meeting["occurrences"]!.AsArray().Select(occurrence => (string?)occurrence!["status"]));
}
