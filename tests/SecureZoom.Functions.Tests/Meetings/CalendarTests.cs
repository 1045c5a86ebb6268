using System.Text;
using System.Text.Json.Nodes;
using Ical.Net;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Meetings;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Functions.Zoom;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Meetings;

/// <summary>A meeting as an entry of a calendar, whatever its topic holds.</summary>
public sealed class CalendarTests(QuietCloud quiet) : IAsyncLifetime
{
    private static readonly Account Alice = Accounts.Alice.In("org_calendar");

    private OwnZoom _zoom = null!;
    private App _app = null!;

    public async ValueTask InitializeAsync()
    {
        _zoom = await OwnZoom.StartAsync(quiet.Cloud);
        _app = await App.StartAsync(quiet.Cloud, _zoom.Settings);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _zoom.DisposeAsync();
    }

    [Fact]
    public async Task It_is_at_the_wall_clock_s_time_of_its_zone_and_leads_to_our_page_without_the_passcode()
    {
        var created = (await _app.As(Alice).PostAsync("meetings", new JsonObject
        {
            ["topic"] = "Planning, part 1; \"Ärger\"",
            ["start_time"] = "2090-07-03T09:30:00",
            ["timezone"] = "America/New_York",
            ["duration"] = 45,
        })).Json;
        var read = (await _app.As(Alice).GetAsync($"meetings/{created["id"]}")).Json;
        var asked = _zoom.Zoom.Requests.All.Count;
        var answer = await _app.As(Accounts.Bob.In("org_calendar")).GetAsync($"meetings/{created["id"]}/calendar");
        Assert.Equal("text/calendar", answer.MediaType);
        Assert.Equal(asked, _zoom.Zoom.Requests.All.Count);
        Assert.DoesNotContain((string)read["password"]!, answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("zoom.us", answer.Text, StringComparison.Ordinal);
        Assert.Contains("DTSTART;TZID=America/New_York:20900703T093000\r\n", answer.Text, StringComparison.Ordinal);
        Assert.Contains("BEGIN:VTIMEZONE\r\n", answer.Text, StringComparison.Ordinal);
        Assert.Contains("TZID:America/New_York\r\n", answer.Text, StringComparison.Ordinal);
        AssertWellFormed(answer.Text);

        var entry = Assert.Single(Calendar.Load(answer.Text)!.Events);
        Assert.Equal("Planning, part 1; \"Ärger\"", entry.Summary);
        Assert.Equal($"Join: http://localhost:4280/join?meeting={created["id"]}", entry.Description);
        Assert.Equal(new DateTime(2090, 7, 3, 13, 30, 0, DateTimeKind.Utc), entry.DtStart!.AsUtc);
        Assert.Equal(TimeSpan.FromMinutes(45), entry.Duration!.Value.ToTimeSpanUnspecified());
        Assert.Equal($"mailto:{Alice.Email}", entry.Organizer!.Value!.ToString());

        await _app.As(Alice).PatchAsync($"meetings/{created["id"]}", new JsonObject { ["topic"] = "Moved", ["start_time"] = "2090-07-04T09:30:00Z", ["timezone"] = "UTC" });
        var later = await _app.As(Alice).GetAsync($"meetings/{created["id"]}/calendar");
        Assert.Contains("DTSTART:20900704T093000Z\r\n", later.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("VTIMEZONE", later.Text, StringComparison.Ordinal);
        var moved = Assert.Single(Calendar.Load(later.Text)!.Events);
        Assert.Equal(entry.Uid, moved.Uid);
        Assert.True(moved.Sequence >= entry.Sequence);
    }

    [Theory]
    [InlineData("Topic\r\nATTENDEE:mailto:eve@evil.example\r\nDESCRIPTION:https://evil.example")]
    [InlineData("Topic\nEND:VEVENT\nBEGIN:VEVENT")]
    [InlineData("Topic\\nDESCRIPTION:x;,:\"")]
    [InlineData("\u0000\u0007\u2028\u2029\u0085DESCRIPTION:x")]
    [InlineData("BEGIN:VALARM")]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx😀😀😀😀äöü😀😀😀😀äöü😀😀😀😀äöü😀😀😀😀äöü😀😀😀😀äöü")]
    public async Task A_hostile_topic_stays_one_property(string topic)
    {
        var number = await AddAsync(new MeetingSnapshot { Topic = topic, StartTime = "2090-01-01T10:00:00Z", HostEmail = Alice.Email, Timezone = "Europe/Berlin\r\nX:Y" });
        var answer = await _app.As(Alice).GetAsync($"meetings/{number}/calendar");
        AssertWellFormed(answer.Text);
        var entry = Assert.Single(Calendar.Load(answer.Text)!.Events);
        Assert.Empty(entry.Attendees);
        Assert.Empty(entry.Alarms);
        Assert.StartsWith("Join: ", entry.Description, StringComparison.Ordinal);
        Assert.Equal(string.Concat(topic.Select(c => char.IsControl(c) ? ' ' : c)).Trim(), entry.Summary!.Trim());
    }

    [Fact]
    public async Task A_meeting_without_a_time_has_no_entry()
    {
        var number = await AddAsync(new MeetingSnapshot { Topic = "Whenever", Type = 3 });
        Assert.Equal("no_start_time", (await _app.As(Alice).GetAsync($"meetings/{number}/calendar")).Code);
    }

    private async Task<MeetingNumber> AddAsync(MeetingSnapshot snapshot)
    {
        var number = MeetingNumber.From(Random.Shared.NextInt64(70_000_000_000, 79_999_999_999))!.Value;
        await _app.Services.GetRequiredService<MeetingRegistry>().AddAsync(
            new RegisteredMeeting(Alice.OrganizationId!, number, Cloud.ZoomAccountId, snapshot), DateTimeOffset.UtcNow, TestContext.Current.CancellationToken);
        return number;
    }

    /// <summary>RFC 5545, 3.1: every line has a name, ends with CRLF, and has at most 75 octets.</summary>
    private static void AssertWellFormed(string text)
    {
        Assert.EndsWith("END:VCALENDAR\r\n", text, StringComparison.Ordinal);
        foreach (var line in text[..^2].Split("\r\n"))
        {
            Assert.InRange(Encoding.UTF8.GetByteCount(line), 1, 75);
            Assert.True(line[0] == ' ' || line.IndexOf(':', StringComparison.Ordinal) > 0 || line.IndexOf(';', StringComparison.Ordinal) > 0, line);
            Assert.DoesNotContain(line, char.IsControl);
            Assert.True(char.IsAsciiLetterUpper(line[0]) || line[0] == ' ', line);
        }
    }
}
