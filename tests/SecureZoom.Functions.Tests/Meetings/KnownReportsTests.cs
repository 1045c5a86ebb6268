using System.Net;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Hosting;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Meetings;

/// <summary>What others met at Zoom, where no other test holds it: <c>docs/zoom-reports.md</c> has the list.</summary>
public sealed class KnownReportsTests(QuietCloud quiet) : IAsyncLifetime
{
    private SeriesBench _bench = null!;

    private Person Alice => _bench.Alice;

    public async ValueTask InitializeAsync() => _bench = await SeriesBench.StartAsync(quiet.Cloud);

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Theory]
    [InlineData("schedule_for", "\"carol@acme.example\"")]
    [InlineData("host", "\"carol@acme.example\"")]
    [InlineData("registration_type", "1")]
    [InlineData("settings", """{"focus_mode":true}""")]
    public async Task What_Zoom_refuses_of_a_change_is_a_400_that_names_it_and_Zoom_is_not_asked(string member, string value)
    {
        var number = await PlanAsync();
        var refused = await Alice.PatchAsync($"meetings/{number}", new JsonObject { ["topic"] = "T", [member] = JsonNode.Parse(value) });
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_request"), (refused.Status, refused.Code));
        Assert.Contains(member == "settings" ? "focus_mode" : member, (string?)refused.Json["detail"], StringComparison.Ordinal);
        Assert.Equal(0, _bench.Zoom.Count(HttpMethod.Patch, "/v2/"));
    }

    [Theory]
    [InlineData("participants", 3001)]
    [InlineData("recordings", 3001)]
    [InlineData("recordings", 3301)]
    public async Task An_instance_of_which_Zoom_has_nothing_by_its_uuid_hides_no_other(string what, int code)
    {
        var number = await PlanAsync();
        await HoldAsync(number, "Ann", "Ben");
        await HoldAsync(number, "Cy", "Dee");
        var before = _bench.Zoom.Zoom.Requests.All.Count;
        Assert.Equal(what == "participants" ? 4 : 2, (await Alice.GetAsync($"meetings/{number}/{what}")).Json[what]!.AsArray().Count);
        var asked = _bench.Zoom.Zoom.Requests.All.Skip(before).Where(request => request.Path.EndsWith(what, StringComparison.Ordinal) && !request.Path.Contains($"{number}", StringComparison.Ordinal)).ToList();

        _bench.Zoom.Zoom.Faults.Add(new Fault(asked[0].Path, 404, Times: 9, Code: code));
        var answer = await Alice.GetAsync($"meetings/{number}/{what}");
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        Assert.NotEmpty(answer.Json[what]!.AsArray());
    }

    [Fact]
    public async Task An_end_that_is_told_before_its_start_stays_and_what_is_told_again_changes_nothing()
    {
        var number = await PlanAsync();
        var began = _bench.Now;
        await TellAsync("ended", 60);
        await TellAsync("started", 0);
        await TellAsync("ended", 60);
        await TellAsync("started", 0);
        Assert.Equal("ended", (string?)(await _bench.ListedAsync(number, "past"))!["status"]);
        Assert.Equal("ended", (string?)(await _bench.ReadAsync(number))["status"]);

        await TellAsync("started", 120);
        await TellAsync("ended", 60);
        Assert.Equal("started", (string?)(await _bench.ListedAsync(number, "now"))!["status"]);

        Task TellAsync(string what, int seconds) => ProjectionOf.FollowAsync(_bench.App, _bench.Host, $"meeting.{what}", $"{number}", began.AddSeconds(seconds));
    }

    [Fact]
    public async Task An_alternative_host_whom_Zoom_tells_nothing_finds_the_meeting_among_their_own_and_hosts_it()
    {
        var carol = _bench.As(Accounts.Carol);
        var created = await Alice.PostAsync("meetings", new JsonObject
        {
            ["topic"] = "Shared",
            ["settings"] = new JsonObject { ["alternative_hosts"] = Accounts.Carol.In(_bench.Host.OrganizationId!).Email },
        });
        Assert.True(created.Status == HttpStatusCode.Created, created.Text);
        var number = created.Json["id"]!;
        var mine = Assert.Single((await carol.GetAsync("meetings?host=me")).Json["meetings"]!.AsArray())!;
        Assert.Equal(($"{number}", true), ($"{mine["id"]}", (bool)mine["permissions"]!["host"]!));
        Assert.Equal(1, (int)(await carol.PostAsync("signature", new JsonObject { ["meetingNumber"] = number.DeepClone(), ["role"] = 1 })).Json["role"]!);
    }

    [Fact]
    public async Task An_alternative_host_whom_Zoom_refuses_is_none_here_either()
    {
        var number = await PlanAsync();
        var nobody = $"nobody@{AccountExtensions.DomainOf(_bench.Host.OrganizationId!)}";
        var refused = await Alice.PatchAsync($"meetings/{number}", new JsonObject { ["settings"] = new JsonObject { ["alternative_hosts"] = nobody } });
        Assert.Equal(1114, (int)refused.Json["zoomCode"]!);
        foreach (var meeting in (JsonObject?[])[await _bench.ReadAsync(number), await _bench.ListedAsync(number, "upcoming")])
        {
            Assert.DoesNotContain("nobody", meeting!.ToJsonString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Zoom_is_asked_for_recordings_when_somebody_wants_them_and_by_no_event()
    {
        var number = await PlanAsync();
        var asked = _bench.Zoom.Zoom.Requests.All.Count;
        foreach (var what in (string[])["meeting.ended", "recording.stopped", "recording.completed", "recording.transcript_completed"])
        {
            await _bench.FollowAsync(what, number);
        }

        Assert.Equal(asked, _bench.Zoom.Zoom.Requests.All.Count);
        Assert.Empty((await Alice.GetAsync($"meetings/{number}/recordings")).Json["recordings"]!.AsArray());
    }

    private async Task<JsonNode> PlanAsync() => (await _bench.PlanAsync("Plan", SeriesBench.Minute(_bench.Now).AddHours(1))).Json["id"]!;

    private async Task HoldAsync(JsonNode number, params string[] names)
    {
        await _bench.Zoom.LetAsync("start", $"{number}");
        foreach (var name in names)
        {
            await _bench.Zoom.LetAsync("join", $"{number}", new JsonObject { ["user_name"] = name });
        }

        _bench.Time.Advance(TimeSpan.FromMinutes(10));
        await _bench.Zoom.LetAsync("record", $"{number}");
        await _bench.Zoom.LetAsync("end", $"{number}");
    }
}
