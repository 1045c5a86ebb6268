using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Hosting;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Meetings;

/// <summary>Every call of the contract's table on meetings, against a Zoom of its own.</summary>
public sealed partial class MeetingCallsTests(QuietCloud quiet) : IAsyncLifetime
{
    private const string Organization = "org_meetings";

    private static readonly string[] Secrets = ["start_url", "encrypted_password", "pstn_password", "h323_password", "download_url", "play_url", "zoom.us/rec", "zoom.us/s/"];
    private static readonly Account Alice = Accounts.Alice.In(Organization);
    private static readonly Account Bob = Accounts.Bob.In(Organization);
    private static readonly Account Carol = Accounts.Carol.In(Organization);

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
    public async Task A_meeting_is_created_with_secure_defaults()
    {
        var created = await CreateAsync(Alice, new JsonObject { ["topic"] = "Plain", ["start_time"] = "2026-12-01T14:30:00", ["timezone"] = "Europe/Berlin" });
        var number = (long)created.Json["id"]!;
        Assert.Equal($"/api/meetings/{number}", created.Headers.Location!.OriginalString);
        Assert.Equal("2026-12-01T13:30:00Z", (string?)created.Json["start_time"]);
        AssertHarmless(created);
        Assert.False(created.Json.ContainsKey("password"));
        Assert.Equal("""{"host":true,"manage":true}""", created.Json["permissions"]!.ToJsonString());

        var sent = Assert.Single(_zoom.Zoom.Requests.All, request => request.Path == $"/v2/users/{Alice.Email}/meetings").Body!;
        Assert.Equal(2, (int)sent["type"]!);
        Assert.Matches(Passcode(), (string)sent["password"]!);
        Assert.Equal(
            """{"use_pmi":false,"waiting_room":true,"join_before_host":false}""", sent["settings"]!.ToJsonString());
    }

    [Fact]
    public async Task What_callers_may_choose_reaches_Zoom_and_passcodes_differ()
    {
        JsonObject Body() => new()
        {
            ["topic"] = "Chosen",
            ["type"] = 1,
            ["duration"] = 45,
            ["agenda"] = "All of it",
            ["settings"] = new JsonObject
            {
                ["auto_recording"] = "cloud",
                ["waiting_room"] = false,
                ["join_before_host"] = true,
                ["jbh_time"] = 5,
                ["meeting_authentication"] = true,
                ["mute_upon_entry"] = true,
                ["host_video"] = true,
                ["participant_video"] = true,
                ["alternative_hosts"] = $"{Carol.Email};nobody@{AccountExtensions.DomainOf(Organization).ToUpperInvariant()}",
                ["watermark"] = true,
                ["allow_multiple_devices"] = false,
            },
        };
        await CreateAsync(Carol, Body(), expect: HttpStatusCode.UnprocessableEntity);
        var body = Body();
        body["settings"]!["alternative_hosts"] = Alice.Email;
        await CreateAsync(Carol, (JsonObject)body.DeepClone());
        await CreateAsync(Carol, (JsonObject)body.DeepClone());
        var sent = _zoom.Zoom.Requests.All.Where(request => request is { Method: "POST", Status: 201 }).Select(request => request.Body!).ToList();
        Assert.Equal(2, sent.Select(body => (string)body["password"]!).Distinct().Count());
        var settings = sent[0]["settings"]!.AsObject();
        Assert.True(settings.Remove("use_pmi"));
        Assert.True(JsonNode.DeepEquals(body["settings"], settings), settings.ToJsonString());
    }

    [Fact]
    public async Task Another_host_is_a_manager_s_to_choose_in_the_organisation_s_domains()
    {
        var body = new JsonObject { ["topic"] = "For Alice", ["host"] = Alice.Email };
        var created = await CreateAsync(Carol, (JsonObject)body.DeepClone());
        Assert.Equal(Alice.Email, (string?)created.Json["host_email"]);
        Assert.Equal("""{"host":false,"manage":true}""", created.Json["permissions"]!.ToJsonString());
        Assert.False(created.Json.ContainsKey("join_url"));

        body["host"] = Carol.Email;
        Assert.Equal("insufficient_scope", (await CreateAsync(Alice, (JsonObject)body.DeepClone(), HttpStatusCode.Forbidden)).Code);
        body["host"] = "dave@globex.example";
        Assert.Equal("invalid_request", (await CreateAsync(Carol, (JsonObject)body.DeepClone(), HttpStatusCode.BadRequest)).Code);
        body["host"] = $"nobody@{AccountExtensions.DomainOf(Organization)}";
        Assert.Equal("zoom_not_found", (await CreateAsync(Carol, (JsonObject)body.DeepClone(), HttpStatusCode.NotFound)).Code);
        var unverified = await _app.As(Alice, AccountExtensions.Unverified).PostAsync("meetings", new JsonObject { ["topic"] = "No" });
        Assert.Equal("email_not_verified", unverified.Code);
        Assert.Equal("insufficient_scope", (await CreateAsync(Bob, new JsonObject { ["topic"] = "No" }, HttpStatusCode.Forbidden)).Code);
    }

    [Fact]
    public async Task Reading_gives_the_passcode_to_those_who_may_join_and_the_address_to_the_host()
    {
        var number = await CreatedAsync(Alice);
        var passcode = (string)_zoom.Zoom.Requests.All.First(request => request.Method == "POST" && request.Path.EndsWith("/meetings", StringComparison.Ordinal)).Body!["password"]!;
        foreach (var (account, isHost) in ((Account, bool)[])[(Alice, true), (Bob, false), (Carol, false)])
        {
            var read = await _app.As(account).GetAsync($"meetings/{number}");
            Assert.Equal(passcode, (string?)read.Json["password"]);
            Assert.Equal(isHost, read.Json.ContainsKey("join_url"));
            Assert.Equal(isHost, (bool)read.Json["permissions"]!["host"]!);
            AssertHarmless(read);
        }

        Assert.Equal("insufficient_scope", (await _app.As(Accounts.Audrey.In(Organization)).GetAsync($"meetings/{number}")).Code);
    }

    [Fact]
    public async Task Hosts_and_managers_change_end_and_delete_and_nobody_else()
    {
        var number = await CreatedAsync(Alice);
        var other = Accounts.Dave.In(Organization);
        Assert.Equal("insufficient_scope", (await _app.As(Bob).PatchAsync($"meetings/{number}", new JsonObject { ["topic"] = "No" })).Code);
        foreach (var refused in (Answer[])
        [
            await _app.As(other).PatchAsync($"meetings/{number}", new JsonObject { ["topic"] = "No" }),
            await _app.As(other).DeleteAsync($"meetings/{number}"),
            await _app.As(other).PostAsync($"meetings/{number}/end"),
            await _app.As(other).GetAsync($"meetings/{number}/recordings"),
            await _app.As(other).PostAsync($"meetings/{number}/invitations", new JsonObject { ["organization"] = "org_x" }),
        ])
        {
            Assert.Equal("not_host", refused.Code);
        }

        var changed = await _app.As(Alice).PatchAsync($"meetings/{number}", new JsonObject { ["topic"] = "Changed", ["settings"] = new JsonObject { ["watermark"] = true } });
        Assert.Equal("Changed", (string?)changed.Json["topic"]);
        Assert.True((bool)changed.Json["settings"]!["watermark"]!);
        AssertHarmless(changed);
        var sent = _zoom.Zoom.Requests.All.Single(request => request.Method == "PATCH").Body!;
        Assert.Equal("""{"settings":{"use_pmi":false,"watermark":true},"topic":"Changed"}""", sent.ToJsonString());
        Assert.Equal("Changed", (string?)(await ListedAsync(number))!["topic"]);

        await _zoom.LetAsync("start", $"{number}");
        var conflict = await _app.As(Carol).DeleteAsync($"meetings/{number}");
        Assert.Equal((HttpStatusCode.Conflict, "zoom_conflict"), (conflict.Status, conflict.Code));
        var ended = await _app.As(Carol).PostAsync($"meetings/{number}/end");
        Assert.Equal((HttpStatusCode.NoContent, 0), (ended.Status, ended.Bytes.Length));
        Assert.Equal("""{"action":"end"}""", _zoom.Zoom.Requests.All.Single(request => request.Method == "PUT").Body!.ToJsonString());
        Assert.Equal(HttpStatusCode.NoContent, (await _app.As(Carol).DeleteAsync($"meetings/{number}")).Status);
        Assert.Equal("meeting_not_found", (await _app.As(Alice).GetAsync($"meetings/{number}")).Code);
        Assert.Null(await ListedAsync(number));
    }

    [Fact]
    public async Task Recordings_come_without_what_opens_them()
    {
        var number = await CreatedAsync(Alice);
        Assert.Empty((await _app.As(Alice).GetAsync($"meetings/{number}/recordings")).Json["recordings"]!.AsArray());
        await _zoom.LetAsync("record", $"{number}");
        var recordings = await _app.As(Carol).GetAsync($"meetings/{number}/recordings");
        var file = Assert.Single(recordings.Json["recordings"]!.AsArray())!.AsObject();
        Assert.Equal(
            ["id", "recording_type", "file_type", "file_size", "recording_start", "recording_end", "status"], file.Select(member => member.Key));
        AssertHarmless(recordings);
    }

    [Theory]
    [InlineData("85012345678")]
    [InlineData("12345678")]
    [InlineData("850123456789")]
    [InlineData("850-123-456")]
    [InlineData("850%20123%20456")]
    [InlineData("085012345")]
    [InlineData("-850123456")]
    [InlineData("850123456.0")]
    [InlineData("0x32ABCDEF12")]
    [InlineData("..%2F85012345678")]
    [InlineData("%F0%9F%92%A9")]
    [InlineData("null")]
    public async Task What_is_no_meeting_of_ours_is_not_found(string id)
    {
        Answer[] answers =
        [
            await _app.As(Carol).GetAsync($"meetings/{id}"),
            await _app.As(Carol).PatchAsync($"meetings/{id}", new JsonObject { ["topic"] = "T" }),
            await _app.As(Carol).DeleteAsync($"meetings/{id}"),
            await _app.As(Carol).PostAsync($"meetings/{id}/end"),
            await _app.As(Carol).GetAsync($"meetings/{id}/recordings"),
            await _app.As(Carol).PostAsync($"meetings/{id}/invitations", new JsonObject { ["email"] = "x@acme.example" }),
        ];
        Assert.All(answers, answer => Assert.Equal((HttpStatusCode.NotFound, "meeting_not_found"), (answer.Status, answer.Code)));
    }

    [Fact]
    public async Task An_invitation_is_for_one_organisation_or_one_address()
    {
        var number = await CreatedAsync(Alice);
        var before = DateTimeOffset.UtcNow;
        foreach (var (account, body, seconds) in ((Account, string, int)[])
        [
            (Alice, """{"organization":"org_globex"}""", 7 * 24 * 3600),
            (Carol, """{"email":"erin@globex.example","expiresInSeconds":3600}""", 3600),
        ])
        {
            var invited = await _app.As(account).PostAsync($"meetings/{number}/invitations", JsonNode.Parse(body));
            Assert.Equal(HttpStatusCode.Created, invited.Status);
            Assert.Equal($"http://localhost:4280/join#{(string?)invited.Json["invitation"]}", (string?)invited.Json["joinUrl"]);
            Assert.InRange(((DateTimeOffset)invited.Json["expiresAt"]! - before).TotalSeconds, seconds - 2, seconds + 30);
            var passcode = (string)(await _app.As(Alice).GetAsync($"meetings/{number}")).Json["password"]!;
            Assert.DoesNotContain(passcode, invited.Text, StringComparison.Ordinal);
        }

        foreach (var body in (string[])
        [
            "{}",
            """{"organization":"org_globex","email":"erin@globex.example"}""",
            """{"organization":"../x"}""",
            """{"organization":""}""",
            """{"email":"erin"}""",
            """{"email":"Erin <erin@globex.example>"}""",
            """{"email":"a@b.example,c@d.example"}""",
            """{"email":"erin@globex.example","expiresInSeconds":59}""",
            """{"email":"erin@globex.example","expiresInSeconds":7776001}""",
            """{"email":"erin@globex.example","role":1}""",
        ])
        {
            var refused = await _app.As(Alice).PostAsync($"meetings/{number}/invitations", JsonNode.Parse(body));
            Assert.Equal((body, "invalid_request"), (body, refused.Code));
        }
    }

    [Fact]
    public async Task Zoom_s_rate_limit_and_outage_tell_how_long_to_wait_and_show_none_of_its_text()
    {
        var number = await CreatedAsync(Alice);
        foreach (var (status, code, seconds) in ((int, string, int)[])[(429, "zoom_rate_limited", 60), (500, "zoom_unavailable", 5)])
        {
            _zoom.Zoom.Faults.Add(new Fault($"/v2/meetings/{number}", status, Times: 3));
            var answer = await _app.As(Alice).GetAsync($"meetings/{number}");
            _zoom.Zoom.Faults.Clear();
            Assert.Equal(code, answer.Code);
            Assert.Equal(seconds, (int)answer.Json["retryAfterSeconds"]!);
            Assert.Equal(TimeSpan.FromSeconds(seconds), answer.Headers.RetryAfter!.Delta);
            Assert.DoesNotContain("sandbox", answer.Text, StringComparison.Ordinal);
        }
    }

    private async Task<JsonNode?> ListedAsync(long number)
    {
        string? cursor = null;
        do
        {
            var page = await _app.As(Bob).GetAsync($"meetings?pageSize=100{(cursor is null ? "" : $"&cursor={cursor}")}");
            if (page.Json["meetings"]!.AsArray().FirstOrDefault(meeting => (long)meeting!["id"]! == number) is { } found)
            {
                return found;
            }

            cursor = (string?)page.Json["cursor"];
        }
        while (cursor is not null);
        return null;
    }

    private async Task<long> CreatedAsync(Account account) =>
        (long)(await CreateAsync(account, new JsonObject { ["topic"] = "Meeting" })).Json["id"]!;

    private async Task<Answer> CreateAsync(Account account, JsonObject body, HttpStatusCode expect = HttpStatusCode.Created)
    {
        var answer = await _app.As(account).PostAsync("meetings", body);
        Assert.True(answer.Status == expect, answer.Text);
        return answer;
    }

    internal static void AssertHarmless(Answer answer) =>
        Assert.All(Secrets, secret => Assert.DoesNotContain(secret, answer.Text, StringComparison.Ordinal));

    [GeneratedRegex(@"\A[a-zA-Z2-9]{10}\z")]
    private static partial Regex Passcode();
}
