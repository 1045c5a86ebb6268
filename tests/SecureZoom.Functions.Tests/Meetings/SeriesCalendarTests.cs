using System.Text.Json.Nodes;
using Ical.Net;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Meetings;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Tests.Meetings;

/// <summary>A series as entries of a calendar: whoever reads them with a library finds the occurrences that Zoom has.</summary>
public sealed class SeriesCalendarTests(QuietCloud quiet) : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2090, 3, 6, 14, 30, 0, TimeSpan.Zero);

    private SeriesBench _bench = null!;

    public async ValueTask InitializeAsync() => _bench = await SeriesBench.StartAsync(quiet.Cloud);

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Theory]
    [InlineData("""{"type":1,"repeat_interval":3,"end_times":12}""", "FREQ=DAILY;INTERVAL=3")]
    [InlineData("""{"type":2,"weekly_days":"2,4","end_times":10}""", "FREQ=WEEKLY;BYDAY=MO,WE")]
    [InlineData("""{"type":2,"repeat_interval":2,"weekly_days":"1,7","end_times":9}""", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,SA")]
    [InlineData("""{"type":2,"end_date_time":"2090-06-01T00:00:00Z"}""", "FREQ=WEEKLY;BYDAY=SU")]
    [InlineData("""{"type":3,"monthly_day":31,"end_times":6}""", "FREQ=MONTHLY;BYMONTHDAY=31")]
    [InlineData("""{"type":3,"repeat_interval":2,"end_times":6}""", "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=1")]
    [InlineData("""{"type":3,"monthly_week":-1,"monthly_week_day":6,"end_times":14}""", "FREQ=MONTHLY;BYDAY=-1FR")]
    [InlineData("""{"type":3,"monthly_week":2,"monthly_week_day":3,"end_times":7}""", "FREQ=MONTHLY;BYDAY=2TU")]
    public async Task Each_rule_leads_to_Zoom_s_occurrences_also_when_the_clocks_change(string recurrence, string rule)
    {
        foreach (var timezone in (string[])["America/New_York", "UTC"])
        {
            var series = await _bench.CreateAsync(Start, recurrence, timezone: timezone);
            var text = await TextAsync(series["id"]!);
            Assert.Equal(Starts(series), Starts(text));
            var written = Unfolded(text).Single(line => line.StartsWith("RRULE:", StringComparison.Ordinal) && !line.Contains("BYMONTH=", StringComparison.Ordinal));
            Assert.All(rule.Split(';'), part => Assert.Contains(part, written["RRULE:".Length..].Split(';')));
            Assert.Matches("UNTIL=[0-9]{8}T[0-9]{6}Z", written);
            Assert.DoesNotContain("EXDATE", text, StringComparison.Ordinal);
            Assert.DoesNotContain("RDATE", text, StringComparison.Ordinal);
            Assert.Equal(timezone != "UTC", text.Contains("BEGIN:VTIMEZONE", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Occurrences_that_are_deleted_or_changed_are_left_out_and_changed()
    {
        var series = await _bench.CreateAsync(Start, """{"type":1,"end_times":5}""", minutes: 30, timezone: "America/New_York");
        var number = series["id"]!;
        // The clocks go forward on the 12th.
        await _bench.Alice.DeleteAsync($"meetings/{number}?occurrence_id={Id(0)}");
        await _bench.Alice.PatchAsync($"meetings/{number}?occurrence_id={Id(2)}", new JsonObject { ["start_time"] = SeriesBench.Text(Start.AddDays(2).AddHours(3)) });
        await _bench.Alice.PatchAsync($"meetings/{number}?occurrence_id={Id(3)}", new JsonObject { ["duration"] = 90 });
        var text = await TextAsync(number);
        var lines = Unfolded(text);
        Assert.Contains("EXDATE;TZID=America/New_York:20900306T093000", lines);
        Assert.Contains("RECURRENCE-ID;TZID=America/New_York:20900308T093000", lines);
        var entries = Calendar.Load(text)!.Events;
        Assert.Equal(3, entries.Count);
        Assert.Single(entries.Select(entry => entry.Uid).Distinct());
        Assert.Equal(
            [(Start.AddDays(1), 30), (Start.AddDays(2).AddHours(3), 30), (Start.AddDays(3), 90), (Start.AddDays(4), 30)],
            Occurrences(text).Select(one => (one.Start, (int)one.Length.TotalMinutes)));
    }

    [Fact]
    public async Task Occurrences_that_no_rule_leads_to_stand_each_by_itself()
    {
        DateTimeOffset[] times = [Start, Start.AddDays(1), Start.AddDays(5).AddHours(1), Start.AddDays(6)];
        foreach (var recurrence in (MeetingRecurrence?[])
            [null, new() { Type = 7 }, new() { Type = 1 }, new() { Type = 2, WeeklyDays = "4" }, new() { Type = 2, WeeklyDays = "x" }, new() { Type = 3, MonthlyWeek = 9, MonthlyWeekDay = 2 }])
        {
            var number = MeetingNumber.From(Random.Shared.NextInt64(70_000_000_000, 79_999_999_999))!.Value;
            await _bench.App.Services.GetRequiredService<MeetingRegistry>().AddAsync(
                new RegisteredMeeting(_bench.Host.OrganizationId!, number, Cloud.ZoomAccountId, new MeetingSnapshot
                {
                    Topic = "Irregular",
                    Type = 8,
                    Timezone = "Europe/Berlin",
                    Recurrence = recurrence,
                    Occurrences = [.. times.Select((time, i) => new MeetingOccurrence(i == 2 ? "not a time" : $"{time.ToUnixTimeMilliseconds()}", SeriesBench.Text(time), 60, "available"))],
                }),
                DateTimeOffset.UtcNow,
                TestContext.Current.CancellationToken);
            Assert.Equal(times, Occurrences(await TextAsync(number.Value)).Select(one => one.Start));
        }
    }

    [Fact]
    public async Task A_series_of_which_nothing_is_left_has_no_entry()
    {
        var number = (await _bench.CreateAsync(Start, """{"type":1,"end_times":1}"""))["id"]!;
        await _bench.Alice.DeleteAsync($"meetings/{number}?occurrence_id={Id(0)}");
        Assert.Equal("no_start_time", (await _bench.Alice.GetAsync($"meetings/{number}/calendar")).Code);
    }

    private async Task<string> TextAsync(JsonNode number) => (await _bench.Alice.GetAsync($"meetings/{number}/calendar")).Text;

    private static IEnumerable<DateTimeOffset> Starts(JsonObject series) =>
        series["occurrences"]!.AsArray().Select(occurrence => (DateTimeOffset)occurrence!["start_time"]!);

    private static IEnumerable<DateTimeOffset> Starts(string text) => Occurrences(text).Select(one => one.Start);

    private static List<(DateTimeOffset Start, TimeSpan Length)> Occurrences(string text) =>
    [
        .. Calendar.Load(text)!.GetOccurrences().Take(100).Select(one =>
            (new DateTimeOffset(one.Period.StartTime.AsUtc), one.Period.EffectiveDuration!.Value.ToTimeSpanUnspecified())),
    ];

    private static string[] Unfolded(string text) => text.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n");

    private static string Id(int day) => $"{Start.AddDays(day).ToUnixTimeMilliseconds()}";
}
