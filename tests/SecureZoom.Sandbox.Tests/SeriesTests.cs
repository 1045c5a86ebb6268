using System.Text.Json.Nodes;
using SecureZoom.Sandbox.Zoom;

namespace SecureZoom.Sandbox.Tests;

/// <summary>Series, their occurrences and their instances, as Zoom's API answers them.</summary>
public sealed class SeriesTests : ZoomStandInTest
{
    [Theory]
    [InlineData("""{"type":1,"repeat_interval":2,"end_times":3}""", "01-29 01-31 02-02")]
    [InlineData("""{"type":2,"weekly_days":"1,3","end_times":4}""", "01-29 01-31 02-05 02-07")]
    [InlineData("""{"type":2,"end_times":2}""", "01-29 02-05")]
    [InlineData("""{"type":3,"monthly_day":31,"end_times":3}""", "01-31 03-31 05-31")]
    [InlineData("""{"type":3,"monthly_week":-1,"monthly_week_day":1,"end_times":2}""", "01-29 02-26")]
    [InlineData("""{"type":3,"monthly_week":1,"monthly_week_day":4,"end_times":2}""", "02-01 03-01")]
    [InlineData("""{"type":1,"end_date_time":"2090-01-31T10:00:00Z"}""", "01-29 01-30 01-31")]
    [InlineData("""{"type":1}""", "01-29")]
    public async Task A_series_takes_place_when_its_recurrence_says(string recurrence, string days)
    {
        var series = await CreateAsync("2090-01-29T10:00:00Z", recurrence);
        Assert.Equal(
            days.Split(' ').Select(day => $"2090-{day}T10:00:00Z"), series["occurrences"]!.AsArray().Select(one => (string?)one!["start_time"]));
    }

    [Fact]
    public async Task A_series_keeps_the_wall_clock_s_time_of_its_zone_and_has_50_occurrences_at_most()
    {
        var series = await CreateAsync("2090-03-10T09:00:00", """{"type":1,"end_date_time":"2095-01-01T00:00:00Z"}""", "America/New_York");
        var starts = series["occurrences"]!.AsArray().Select(one => (string?)one!["start_time"]).ToList();
        Assert.Equal(["2090-03-10T14:00:00Z", "2090-03-11T14:00:00Z", "2090-03-12T13:00:00Z"], starts[..3]);
        Assert.Equal(50, starts.Count);
    }

    [Fact]
    public async Task What_is_past_is_shown_on_request_and_a_start_in_the_past_is_ignored()
    {
        var start = DateTimeOffset.UtcNow.AddDays(-2).AddHours(-2);
        var series = await CreateAsync(start.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture), """{"type":1,"end_times":4}""");
        Assert.Single((await ReadAsync($"v2/meetings/{series["id"]}"))["occurrences"]!.AsArray());
        Assert.Equal(4, (await ReadAsync($"v2/meetings/{series["id"]}?show_previous_occurrences=true"))["occurrences"]!.AsArray().Count);

        Assert.Equal(400, await SendAsync(HttpMethod.Patch, $"v2/meetings/{series["id"]}", """{"start_time":"2091-01-01T10:00:00Z"}"""));
        Assert.Equal(204, await SendAsync(HttpMethod.Patch, $"v2/meetings/{series["id"]}", """{"start_time":"2021-01-01T10:00:00Z","recurrence":{"type":1}}"""));
        Assert.Equal(4, (await ReadAsync($"v2/meetings/{series["id"]}?show_previous_occurrences=true"))["occurrences"]!.AsArray().Count);
        Assert.Equal(204, await SendAsync(HttpMethod.Patch, $"v2/meetings/{series["id"]}", """{"start_time":"2091-01-01T10:00:00Z","recurrence":{"type":1}}"""));
        Assert.Equal("2091-01-01T10:00:00Z", (string?)Assert.Single((await ReadAsync($"v2/meetings/{series["id"]}"))["occurrences"]!.AsArray())!["start_time"]);
    }

    [Fact]
    public async Task One_occurrence_is_read_changed_and_deleted_alone_and_one_that_is_none_is_refused()
    {
        var series = await CreateAsync("2090-01-29T10:00:00Z", """{"type":1,"end_times":2}""");
        var path = $"v2/meetings/{series["id"]}?occurrence_id={series["occurrences"]![1]!["occurrence_id"]}";
        Assert.Equal(204, await SendAsync(HttpMethod.Patch, path, """{"topic":"Other","agenda":"Own","duration":15,"settings":{"waiting_room":true,"jbh_time":5}}"""));
        var one = await ReadAsync(path);
        Assert.Equal(("Plans", "Own", 15, true, 0), (
            (string?)one["topic"], (string?)one["agenda"], (int)one["duration"]!, (bool)one["settings"]!["waiting_room"]!, (int)one["settings"]!["jbh_time"]!));
        Assert.Equal(204, await SendAsync(HttpMethod.Delete, path));
        Assert.Equal(["available", "deleted"], (await ReadAsync($"v2/meetings/{series["id"]}"))["occurrences"]!.AsArray().Select(other => (string?)other!["status"]));
        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Patch, HttpMethod.Delete])
        {
            using var refused = await _client.SendRawAsync(method, path, method == HttpMethod.Patch ? "{}" : null);
            Assert.Equal((400, 3000), ((int)refused.StatusCode, (int?)(await Browser.ReadAsync(refused))["code"]));
        }
    }

    [Fact]
    public async Task Instances_are_known_once_they_have_ended_and_tell_who_was_there_by_a_uuid_that_is_encoded_as_Zoom_needs_it()
    {
        await _client.CreateMeetingAsync();
        var meeting = await _client.CreateMeetingAsync(new() { ["type"] = 3 });
        Assert.False(meeting.ContainsKey("start_time"));
        Assert.Equal(404, await SendAsync(HttpMethod.Get, $"v2/past_meetings/{meeting["id"]}/instances"));
        (await _client.LetHappenAsync(meeting, "start")).Dispose();
        (await _client.LetHappenAsync(meeting, "join", new() { ["user_name"] = "Ann", ["email"] = "ann@guest.example" })).Dispose();
        (await _client.LetHappenAsync(meeting, "join", new() { ["user_name"] = "Ben" })).Dispose();
        (await _client.LetHappenAsync(meeting, "leave", new() { ["user_name"] = "Ben" })).Dispose();
        (await _client.LetHappenAsync(meeting, "end")).Dispose();

        var instance = Assert.Single((await ReadAsync($"v2/past_meetings/{meeting["id"]}/instances"))["meetings"]!.AsArray())!;
        var uuid = (string)instance["uuid"]!;
        Assert.Equal((string?)meeting["uuid"], uuid);
        Assert.StartsWith("/", uuid, StringComparison.Ordinal);
        Assert.Equal(404, await SendAsync(HttpMethod.Get, $"v2/past_meetings/{Uri.EscapeDataString(uuid)}/participants"));
        foreach (var name in (string[])[Uri.EscapeDataString(Uri.EscapeDataString(uuid)), $"{meeting["id"]}"])
        {
            var page = await ReadAsync($"v2/past_meetings/{name}/participants?page_size=1");
            Assert.Equal("Ann", (string?)Assert.Single(page["participants"]!.AsArray())!["name"]);
            page = await ReadAsync($"v2/past_meetings/{name}/participants?page_size=1&next_page_token={page["next_page_token"]}");
            Assert.Equal(("Ben", ""), ((string?)Assert.Single(page["participants"]!.AsArray())!["name"], (string?)page["next_page_token"]));
        }
    }

    [Theory]
    [InlineData("instances", "meeting:read:list_past_instances:admin")]
    [InlineData("participants", "meeting:read:list_past_participants:admin")]
    public async Task What_is_past_needs_its_own_scope(string what, string scope)
    {
        await using var zoom = await ZoomStandIn.StartAsync(
            ZoomClient.Options with { Scopes = [.. ZoomStandInOptions.AllScopes.Where(one => one != scope)] }, Cancellation);
        using var client = new ZoomClient(zoom);
        await client.SignInAsync();
        using var refused = await client.SendAsync(HttpMethod.Get, $"v2/past_meetings/81234567890/{what}");
        var error = await Browser.ReadAsync(refused);
        Assert.Equal((400, 4711), ((int)refused.StatusCode, (int?)error["code"]));
        Assert.Contains(scope, (string?)error["message"], StringComparison.Ordinal);
    }

    private Task<JsonObject> CreateAsync(string start, string recurrence, string timezone = "UTC") => _client.CreateMeetingAsync(new()
    {
        ["topic"] = "Plans",
        ["type"] = 8,
        ["start_time"] = start,
        ["timezone"] = timezone,
        ["recurrence"] = JsonNode.Parse(recurrence),
    });

    private async Task<JsonObject> ReadAsync(string path)
    {
        using var response = await _client.SendAsync(HttpMethod.Get, path);
        Assert.Equal(200, (int)response.StatusCode);
        return await Browser.ReadAsync(response);
    }

    private async Task<int> SendAsync(HttpMethod method, string path, string? body = null)
    {
        using var response = await _client.SendRawAsync(method, path, body);
        return (int)response.StatusCode;
    }
}
