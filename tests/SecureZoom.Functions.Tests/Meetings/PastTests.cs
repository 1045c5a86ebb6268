using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Meetings;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Functions.Zoom;
using SecureZoom.Sandbox.Hosting;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Meetings;

/// <summary>What was in the instances of a meeting: recordings, and who was there.</summary>
public sealed class PastTests(QuietCloud quiet) : IAsyncLifetime
{
    private SeriesBench _bench = null!;

    private Person Alice => _bench.Alice;

    public async ValueTask InitializeAsync() => _bench = await SeriesBench.StartAsync(quiet.Cloud);

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task The_recordings_of_every_instance_are_listed_once_the_latest_first_whatever_its_uuid_holds()
    {
        var number = await CreateAsync();
        var uuids = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            uuids.Add((string)(await _bench.ReadAsync(number))["uuid"]!);
            await HoldAsync(number, isRecorded: true);
        }

        // Of both kinds that have to be encoded twice.
        Assert.Contains(uuids, uuid => uuid.StartsWith('/'));
        Assert.Contains(uuids, uuid => uuid.Contains("//", StringComparison.Ordinal));
        var answer = await Alice.GetAsync($"meetings/{number}/recordings");
        MeetingCallsTests.AssertHarmless(answer);
        var starts = answer.Json["recordings"]!.AsArray().Select(file => (string)file!["recording_end"]!).ToList();
        Assert.Equal(4, starts.Count);
        Assert.Equal(starts.OrderDescending(StringComparer.Ordinal), starts);
        Assert.False(answer.Json.ContainsKey("cursor"));
        // One of the instances has none, and what runs has one already.
        await HoldAsync(number, isRecorded: false);
        await _bench.Zoom.LetAsync("start", $"{number}");
        await _bench.Zoom.LetAsync("record", $"{number}");
        Assert.Equal(5, (await Alice.GetAsync($"meetings/{number}/recordings")).Json["recordings"]!.AsArray().Count);
        // Its number expires, its uuids do not.
        await _bench.Zoom.LetAsync("expire", $"{number}");
        await _bench.FollowAsync("meeting.updated", number);
        Assert.Equal(5, (await Alice.GetAsync($"meetings/{number}/recordings")).Json["recordings"]!.AsArray().Count);
    }

    [Fact]
    public async Task Of_more_instances_than_a_call_looks_at_a_cursor_leads_to_the_earlier_ones()
    {
        var number = await CreateAsync();
        for (var i = 0; i < MeetingPast.InstancesOfCall + 1; i++)
        {
            await HoldAsync(number, isRecorded: i is 0 or MeetingPast.InstancesOfCall);
        }

        var first = (await Alice.GetAsync($"meetings/{number}/recordings")).Json;
        Assert.Single(first["recordings"]!.AsArray());
        var second = (await Alice.GetAsync($"meetings/{number}/recordings?cursor={first["cursor"]}")).Json;
        Assert.False(second.ContainsKey("cursor"));
        Assert.NotEqual((string?)first["recordings"]![0]!["id"], (string?)Assert.Single(second["recordings"]!.AsArray())!["id"]);
        var other = await CreateAsync();
        Assert.Equal("invalid_cursor", (await Alice.GetAsync($"meetings/{other}/recordings?cursor={first["cursor"]}")).Code);
        Assert.Equal("invalid_cursor", (await _bench.As(Accounts.Carol).GetAsync($"meetings/{number}/recordings?cursor={first["cursor"]}")).Code);
        Assert.Equal("invalid_request", (await Alice.GetAsync($"meetings/{number}/recordings?pageSize=1")).Code);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(100)]
    public async Task Who_was_in_which_instance_is_told_page_by_page_the_latest_instance_first(int pageSize)
    {
        var number = await CreateAsync();
        await HoldAsync(number, isRecorded: false, "Ann", "Ben", "Cy", "Ann");
        await HoldAsync(number, isRecorded: false, "Alone");
        await HoldAsync(number, isRecorded: false, "Dee", "Eve", "Flo");
        var (found, cursor, pages) = (new List<JsonNode?>(), "", 0);
        do
        {
            var page = await Alice.GetAsync($"meetings/{number}/participants?pageSize={pageSize}&cursor={cursor}");
            Assert.True(page.Status == HttpStatusCode.OK, page.Text);
            found.AddRange(page.Json["participants"]!.AsArray());
            Assert.InRange(page.Json["participants"]!.AsArray().Count, 0, pageSize);
            (cursor, pages) = ((string?)page.Json["cursor"], pages + 1);
        }
        while (cursor is not null);

        // Of who was there alone, Zoom tells nothing.
        Assert.Equal(["Dee", "Eve", "Flo", "Ann", "Ben", "Cy", "Ann"], found.Select(one => (string?)one!["name"]));
        Assert.InRange(pages, 7 / pageSize, (7 / pageSize) + 2);
        Assert.Equal(2, found.Select(one => (string?)one!["uuid"]).Distinct().Count());
        Assert.Equal(
            ["uuid", "start_time", "name", "user_email", "join_time", "leave_time", "duration", "status"],
            found[0]!.AsObject().Select(member => member.Key));
        Assert.Equal("dee@guest.example", (string?)found[0]!["user_email"]);
        // Ten minutes, and what the clock has gone on by itself.
        Assert.InRange((int)found[0]!["duration"]!, 600, 660);
        // Zoom knows no address of her.
        Assert.False(found[2]!.AsObject().ContainsKey("user_email"));
    }

    [Fact]
    public async Task Who_was_there_is_the_host_s_and_a_manager_s_to_know_and_that_they_looked_is_on_record()
    {
        var number = await CreateAsync();
        Assert.Equal("""{"participants":[]}""", (await Alice.GetAsync($"meetings/{number}/participants")).Text);
        await HoldAsync(number, isRecorded: false, "Ann", "Ben");
        foreach (var (account, code) in ((Account, string)[])[(Accounts.Bob, "insufficient_scope"), (Accounts.Audrey, "insufficient_scope"), (Accounts.Dave, "not_host")])
        {
            Assert.Equal(code, (await _bench.As(account).GetAsync($"meetings/{number}/participants")).Code);
        }

        Assert.Equal("meeting_not_found", (await _bench.App.As(Accounts.Carol.In("org_elsewhere"), new TokenOverrides(ExpiresIn: 90_000)).GetAsync($"meetings/{number}/participants")).Code);
        Assert.Equal(2, (await _bench.As(Accounts.Carol).GetAsync($"meetings/{number}/participants")).Json["participants"]!.AsArray().Count);
        var record = await Wait.ForAsync("the record", async () =>
            (await _bench.As(Accounts.Audrey).GetAsync("audit?action=meeting.participants_read")).Json["records"]!.AsArray() is { Count: 2 } found ? found[0] : null);
        Assert.Equal($"{number}", (string?)record["meeting"]);
        Assert.Contains("read who was in a meeting", (string?)record["sentence"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_Zoom_has_forgotten_is_told_as_a_cursor_that_is_not_good_any_more()
    {
        var number = await CreateAsync();
        await HoldAsync(number, isRecorded: false, "Ann", "Ben", "Cy");
        var cursor = (await Alice.GetAsync($"meetings/{number}/participants?pageSize=2")).Json["cursor"];
        Assert.Equal("invalid_cursor", (await Alice.GetAsync($"meetings/{number}/participants?pageSize=3&cursor={cursor}")).Code);
        Assert.Single((await Alice.GetAsync($"meetings/{number}/participants?pageSize=2&cursor={cursor}")).Json["participants"]!.AsArray());
        _bench.Time.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal("invalid_cursor", (await Alice.GetAsync($"meetings/{number}/participants?pageSize=2&cursor={cursor}")).Code);
    }

    [Fact]
    public async Task What_was_before_a_meeting_was_created_is_another_s_that_had_its_number()
    {
        var number = await CreateAsync();
        await HoldAsync(number, isRecorded: true, "Ann", "Ben");
        var owner = Accounts.Carol.In("org_next");
        await _bench.App.Services.GetRequiredService<MeetingRegistry>().AddAsync(
            new RegisteredMeeting(owner.OrganizationId!, MeetingNumber.From((long)number)!.Value, Cloud.ZoomAccountId, new MeetingSnapshot
            {
                Topic = "Next",
                CreatedAt = SeriesBench.Text(_bench.Now.AddMinutes(5)),
            }),
            _bench.Now,
            TestContext.Current.CancellationToken);
        var next = _bench.App.As(owner, new TokenOverrides(ExpiresIn: 90_000));
        Assert.Equal("""{"recordings":[]}""", (await next.GetAsync($"meetings/{number}/recordings")).Text);
        Assert.Equal("""{"participants":[]}""", (await next.GetAsync($"meetings/{number}/participants")).Text);
    }

    [Fact]
    public async Task A_list_that_went_on_at_an_instance_that_is_gone_is_begun_again()
    {
        var number = await CreateAsync();
        for (var i = 0; i < MeetingPast.InstancesOfCall + 1; i++)
        {
            await HoldAsync(number, isRecorded: false, "Ann", "Ben");
        }

        var recordings = (await Alice.GetAsync($"meetings/{number}/recordings")).Json["cursor"];
        var participants = (await Alice.GetAsync($"meetings/{number}/participants?pageSize=3")).Json["cursor"];
        Assert.Equal(HttpStatusCode.OK, (await Alice.GetAsync($"meetings/{number}/recordings?cursor={recordings}")).Status);
        await _bench.App.Services.GetRequiredService<MeetingRegistry>().AddAsync(
            new RegisteredMeeting(_bench.Host.OrganizationId!, MeetingNumber.From((long)number)!.Value, Cloud.ZoomAccountId, new MeetingSnapshot
            {
                Topic = "Of now",
                HostEmail = _bench.Host.Email,
                CreatedAt = SeriesBench.Text(_bench.Now.AddMinutes(5)),
            }),
            _bench.Now,
            TestContext.Current.CancellationToken);
        Assert.Equal("invalid_cursor", (await Alice.GetAsync($"meetings/{number}/recordings?cursor={recordings}")).Code);
        Assert.Equal("invalid_cursor", (await Alice.GetAsync($"meetings/{number}/participants?pageSize=3&cursor={participants}")).Code);
    }

    [Theory]
    [InlineData("2026-11-24T10:00:00Z", false, true)]
    [InlineData("2026-11-24T10:00:00Z", true, true)]
    [InlineData("2026-11-24T12:00:30Z", true, true)]
    [InlineData("2026-11-24T12:05:00Z", true, false)]
    [InlineData("2026-11-24T12:05:00Z", false, true)]
    [InlineData("2026-11-24T07:59:30Z", false, true)]
    [InlineData("2026-11-24T07:30:00Z", false, false)]
    [InlineData(null, false, false)]
    [InlineData("soon", true, false)]
    public void What_has_no_time_or_another_than_the_meeting_s_is_none_of_it(string? at, bool isClosed, bool isOf)
    {
        var known = new RegisteredMeeting("org", MeetingNumber.From(85012345678)!.Value, "account", new MeetingSnapshot { CreatedAt = "2026-11-24T08:00:00Z", Status = "ended" })
        {
            IsClosed = isClosed,
            StatusAt = new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero),
        };
        Assert.Equal(isOf, MeetingPast.IsOf(known, at));
        Assert.False(MeetingPast.IsOf(known with { Snapshot = new MeetingSnapshot() }, at));
    }

    [Fact]
    public async Task A_scope_that_lacks_is_told_as_ours_to_mend()
    {
        var number = await CreateAsync();
        _bench.Zoom.Zoom.Faults.Add(new Fault($"/v2/past_meetings/{number}/instances", 400, Code: 4711));
        var answer = await Alice.GetAsync($"meetings/{number}/participants");
        Assert.Equal((HttpStatusCode.BadGateway, 4711), (answer.Status, (int)answer.Json["zoomCode"]!));
    }

    private async Task<JsonNode> CreateAsync() => (await Alice.PostAsync("meetings", new JsonObject { ["topic"] = "Held", ["type"] = 3 })).Json["id"]!;

    /// <summary>Ten minutes in which somebody is there.</summary>
    private async Task HoldAsync(JsonNode number, bool isRecorded, params string[] names)
    {
        await _bench.Zoom.LetAsync("start", $"{number}");
        foreach (var name in names)
        {
            await _bench.Zoom.LetAsync("join", $"{number}", new JsonObject
            {
                ["user_name"] = name,
                ["email"] = name == "Flo" ? "" : $"{name.ToLowerInvariant()}@guest.example",
            });
        }

        _bench.Time.Advance(TimeSpan.FromMinutes(10));
        if (isRecorded)
        {
            await _bench.Zoom.LetAsync("record", $"{number}");
        }

        await _bench.Zoom.LetAsync("end", $"{number}");
    }
}
