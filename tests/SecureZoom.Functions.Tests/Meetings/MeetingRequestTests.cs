using System.Net;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Hosting;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Meetings;

/// <summary>What is asked of a meeting, and what Zoom says to it.</summary>
public sealed class MeetingRequestTests(QuietCloud quiet) : IAsyncLifetime
{
    private readonly Account _alice = Accounts.Alice.In($"org_asking_{Guid.NewGuid():N}");
    private OwnZoom _zoom = null!;
    private App _app = null!;

    private Person Alice => _app.As(_alice);

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
    public async Task A_start_without_an_offset_needs_its_zone()
    {
        var number = await CreateAsync();
        var body = new JsonObject { ["topic"] = "T", ["start_time"] = "2090-01-01T10:00:00" };
        foreach (var refused in (Answer[])[await Alice.PostAsync("meetings", body), await Alice.PatchAsync($"meetings/{number}", body)])
        {
            Assert.Equal((HttpStatusCode.BadRequest, "invalid_request"), (refused.Status, refused.Code));
            Assert.Contains("timezone", (string?)refused.Json["detail"], StringComparison.Ordinal);
        }

        body["timezone"] = "Asia/Kolkata";
        Assert.Equal("2090-01-01T04:30:00Z", (string?)(await Alice.PostAsync("meetings", body)).Json["start_time"]);
        body["timezone"] = "India Standard Time";
        Assert.Equal("invalid_request", (await Alice.PostAsync("meetings", body)).Code);
    }

    [Fact]
    public async Task Joining_before_the_host_with_the_waiting_room_on_is_answered_with_what_wins()
    {
        var created = await Alice.PostAsync("meetings", new JsonObject { ["topic"] = "T", ["settings"] = new JsonObject { ["join_before_host"] = true } });
        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.Contains("the waiting room wins", (string?)Assert.Single(created.Json["notes"]!.AsArray()), StringComparison.Ordinal);
        var number = created.Json["id"];
        var off = await Alice.PatchAsync($"meetings/{number}", new JsonObject { ["settings"] = new JsonObject { ["waiting_room"] = false } });
        Assert.False(off.Json.ContainsKey("notes"), off.Text);
        var on = await Alice.PatchAsync($"meetings/{number}", new JsonObject { ["settings"] = new JsonObject { ["waiting_room"] = true } });
        Assert.Single(on.Json["notes"]!.AsArray());
        Assert.False((await Alice.PatchAsync($"meetings/{number}", new JsonObject { ["topic"] = "Other" })).Json.ContainsKey("notes"));
        Assert.False((await Alice.GetAsync($"meetings/{number}")).Json.ContainsKey("notes"));
    }

    [Fact]
    public async Task An_alternative_host_is_of_the_organisation_and_one_that_Zoom_does_not_take_is_told_in_our_words()
    {
        var number = await CreateAsync();
        var domain = AccountExtensions.DomainOf(_alice.OrganizationId!);
        var stranger = await Alice.PatchAsync($"meetings/{number}", Hosts($"{_alice.Email},eve@evil.example"));
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_request"), (stranger.Status, stranger.Code));
        Assert.Contains("eve@evil.example is none", (string?)stranger.Json["detail"], StringComparison.Ordinal);

        var unlicensed = await Alice.PatchAsync($"meetings/{number}", Hosts($"nobody@{domain}"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "zoom_refused", 1114), (unlicensed.Status, unlicensed.Code, (int)unlicensed.Json["zoomCode"]!));
        Assert.Equal("An alternative host is no licensed user of the organisation's Zoom account.", (string?)unlicensed.Json["detail"]);
        Assert.Equal(HttpStatusCode.OK, (await Alice.PatchAsync($"meetings/{number}", Hosts(_alice.Email))).Status);
    }

    [Theory]
    [InlineData(400, 200, 422)]
    [InlineData(400, 300, 422)]
    [InlineData(400, 1010, 422)]
    [InlineData(400, 1113, 422)]
    [InlineData(400, 1132, 422)]
    [InlineData(400, 1133, 422)]
    [InlineData(400, 3000, 422)]
    [InlineData(400, 3002, 409)]
    [InlineData(400, 3161, 422)]
    [InlineData(400, 4711, 502)]
    [InlineData(400, 12702, 422)]
    public async Task Zoom_s_code_goes_with_the_answer_and_its_text_never(int status, int code, int answered)
    {
        var number = await CreateAsync();
        _zoom.Zoom.Faults.Add(new Fault($"/v2/meetings/{number}", status, Code: code, Message: "Secret words of Zoom."));
        var answer = await Alice.PatchAsync($"meetings/{number}", new JsonObject { ["topic"] = "T" });
        Assert.Equal((answered, code), ((int)answer.Status, (int)answer.Json["zoomCode"]!));
        // What we know nothing of is told by its code alone.
        Assert.Equal(code != 1133, answer.Json.ContainsKey("detail"));
        // Nor is more said of what Zoom describes nowhere.
        Assert.Equal(code is 1113 or 1132, (string?)answer.Json["detail"] == "Zoom refuses this, by a code that it describes nowhere.");
        Assert.DoesNotContain("Secret", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_that_Zoom_has_taken_is_answered_from_what_is_known_where_Zoom_does_not_tell()
    {
        var number = await CreateAsync();
        _zoom.Zoom.Faults.Add(new Fault($"/v2/meetings/{number}", 500, Times: 9, Method: "GET"));
        var changed = await Alice.PatchAsync($"meetings/{number}", new JsonObject
        {
            ["topic"] = "Known",
            ["start_time"] = "2090-01-01T10:00:00",
            ["timezone"] = "Asia/Kolkata",
            ["settings"] = new JsonObject { ["watermark"] = true },
        });
        Assert.True(changed.Status == HttpStatusCode.OK, changed.Text);
        Assert.Equal(
            ("Known", "2090-01-01T04:30:00Z", true, true),
            ((string?)changed.Json["topic"], (string?)changed.Json["start_time"], (bool)changed.Json["settings"]!["watermark"]!, (bool)changed.Json["settings"]!["waiting_room"]!));
        _zoom.Zoom.Faults.Clear();
        Assert.Equal("Known", (string?)Assert.Single((await Alice.GetAsync("meetings")).Json["meetings"]!.AsArray())!["topic"]);
        var read = (await Alice.GetAsync($"meetings/{number}")).Json;
        foreach (var member in (string[])["topic", "start_time", "duration", "timezone", "settings", "status"])
        {
            Assert.Equal((member, read[member]!.ToJsonString()), (member, changed.Json[member]!.ToJsonString()));
        }
    }

    private static JsonObject Hosts(string hosts) => new() { ["settings"] = new JsonObject { ["alternative_hosts"] = hosts } };

    private async Task<string> CreateAsync() => (await Alice.PostAsync("meetings", new JsonObject { ["topic"] = "T" })).Json["id"]!.ToString();
}
