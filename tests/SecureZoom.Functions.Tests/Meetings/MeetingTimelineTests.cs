using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Meetings;

/// <summary>Where a meeting stands in its organisation's list: by what happens to it, and by time alone.</summary>
public sealed class MeetingTimelineTests(QuietCloud quiet) : IAsyncLifetime
{
    private readonly Account _alice = Accounts.Alice.In($"org_timeline_{Guid.NewGuid():N}");
    private readonly AdjustableTime _time = new();
    private OwnZoom _zoom = null!;
    private App _app = null!;

    private Person Alice => _app.As(_alice);

    private DateTimeOffset Now => _time.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        _zoom = await OwnZoom.StartAsync(quiet.Cloud);
        _app = await App.StartAsync(quiet.Cloud, _zoom.Settings, services => services.AddSingleton<TimeProvider>(_time));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _zoom.DisposeAsync();
    }

    [Fact]
    public async Task What_runs_is_first_then_what_comes_by_start_and_the_past_begins_with_the_latest()
    {
        var tomorrow = await CreateAsync("Tomorrow", Now.AddDays(1));
        var soon = await CreateAsync("Soon", Now.AddHours(1));
        var later = await CreateAsync("Later", Now.AddDays(9));
        var running = await CreateAsync("Running", Now.AddDays(2));
        var over = await CreateAsync("Over", Now.AddDays(-2));
        var longOver = await CreateAsync("Long over", Now.AddDays(-20));
        var under = await CreateAsync("Under way, but nobody has come", Now.AddMinutes(-30));
        var early = await CreateAsync("Over before its time", Now.AddDays(3));
        await FollowAsync("meeting.started", running);
        await FollowAsync("meeting.started", early);
        await FollowAsync("meeting.ended", early);

        Assert.Equal([running, under, soon, tomorrow, later], await ListAsync(""));
        Assert.Equal([running], await ListAsync("when=now"));
        Assert.Equal([under, soon, tomorrow, later], await ListAsync("when=upcoming"));
        Assert.Equal([early, over, longOver], await ListAsync("when=past"));
        foreach (var size in (int[])[1, 2, 3, 4, 5])
        {
            Assert.Equal([running, under, soon, tomorrow, later], await ListAsync("", size));
            Assert.Equal([early, over, longOver], await ListAsync("when=past", size));
        }

        await FollowAsync("meeting.ended", running);
        Assert.Equal([under, soon, tomorrow, later], await ListAsync(""));
        Assert.Equal([running, early, over, longOver], await ListAsync("when=past"));
    }

    [Fact]
    public async Task Time_alone_makes_a_meeting_past_and_another_time_brings_it_back()
    {
        var number = await CreateAsync("Moved", Now.AddMinutes(10), minutes: 20);
        Assert.Equal([number], await ListAsync("when=upcoming"));
        Assert.Empty(await ListAsync("when=past"));
        _time.Advance(TimeSpan.FromMinutes(31));
        Assert.Empty(await ListAsync(""));
        Assert.Equal([number], await ListAsync("when=past"));

        await FollowAsync("meeting.started", number);
        await FollowAsync("meeting.ended", number);
        Assert.Equal("ended", await StatusAsync(number));
        var moved = await Alice.PatchAsync($"meetings/{number}", new JsonObject { ["start_time"] = Text(Now.AddDays(2)) });
        Assert.Equal("waiting", (string?)moved.Json["status"]);
        Assert.Equal([number], await ListAsync(""));
        Assert.Empty(await ListAsync("when=past"));
        Assert.Equal(HttpStatusCode.NoContent, (await Alice.DeleteAsync($"meetings/{number}")).Status);
        Assert.Empty(await ListAsync(""));
        Assert.Empty(await ListAsync("when=past"));
    }

    [Fact]
    public async Task A_meeting_has_one_status_whether_it_is_listed_or_read()
    {
        var number = await CreateAsync("One", Now.AddHours(1));
        foreach (var (happening, status, when) in ((string?, string, string)[])
            [(null, "waiting", "upcoming"), ("started", "started", "now"), ("ended", "ended", "past")])
        {
            if (happening is not null)
            {
                await FollowAsync($"meeting.{happening}", number);
            }

            var listed = Assert.Single((await Alice.GetAsync($"meetings?when={when}")).Json["meetings"]!.AsArray());
            Assert.Equal((status, status), ((string?)listed!["status"], await StatusAsync(number)));
        }
    }

    [Fact]
    public async Task A_range_of_time_and_words_of_the_topic_and_ones_own_meetings_can_be_asked_for()
    {
        var colleague = Accounts.Carol.In(_alice.OrganizationId!);
        var day = new DateTimeOffset(2091, 5, 1, 0, 0, 0, TimeSpan.Zero);
        var first = await CreateAsync("Board: ÄRGER", day.AddHours(9));
        var second = await CreateAsync("Planning", day.AddHours(10));
        var third = (await _app.As(colleague).PostAsync("meetings", new JsonObject { ["topic"] = "board, again", ["start_time"] = Text(day.AddDays(1)) })).Json["id"]!.ToString();

        Assert.Equal([first, second], await ListAsync("from=2091-05-01&to=2091-05-02"));
        Assert.Equal([second, third], await ListAsync("from=2091-05-01T10:00:00Z&to=2091-05-03"));
        Assert.Empty(await ListAsync("when=past&from=2091-05-01"));
        Assert.Equal([first, third], await ListAsync("query=BOARD"));
        Assert.Equal([first], await ListAsync("query=%C3%A4rger"));
        Assert.Equal([first, second], await ListAsync("host=me"));
        Assert.Equal([first], await ListAsync("host=me&query=board", size: 1));
        Assert.Empty(await ListAsync("query=nothing"));

        var (older, newer) = (await CreateAsync("Older", day.AddYears(-70)), await CreateAsync("Newer", day.AddYears(-70).AddHours(1)));
        Assert.Equal([newer, older], await ListAsync("when=past&from=2021-05-01T00:00:00Z&to=2021-05-01T01:00:01Z"));
        Assert.Equal([older], await ListAsync("when=past&from=2021-05-01T00:00:00Z&to=2021-05-01T01:00:00Z"));
        Assert.Equal([newer], await ListAsync("when=past&from=2021-05-01T00:00:01Z&query=newer"));
    }

    private async Task<string> CreateAsync(string topic, DateTimeOffset start, int minutes = 60)
    {
        var body = new JsonObject { ["topic"] = topic, ["start_time"] = Text(start), ["duration"] = minutes };
        var created = await Alice.PostAsync("meetings", body);
        Assert.Equal(HttpStatusCode.Created, created.Status);
        return created.Json["id"]!.ToString();
    }

    private Task FollowAsync(string action, string number) => ProjectionOf.FollowAsync(_app, _alice, action, number, Now);

    private async Task<string?> StatusAsync(string number) => (string?)(await Alice.GetAsync($"meetings/{number}")).Json["status"];

    private async Task<List<string>> ListAsync(string query, int size = 30)
    {
        var (found, cursor) = (new List<string>(), "");
        do
        {
            var page = await Alice.GetAsync($"meetings?{query}&pageSize={size}&cursor={cursor}");
            Assert.True(page.Status == HttpStatusCode.OK, page.Text);
            found.AddRange(page.Json["meetings"]!.AsArray().Select(meeting => meeting!["id"]!.ToString()));
            cursor = (string?)page.Json["cursor"];
        }
        while (cursor is not null);
        return found;
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
