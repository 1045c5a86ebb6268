using System.Net;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Meetings;
using SecureZoom.Functions.Tests.Audit;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Functions.Zoom;
using SecureZoom.Sandbox.Identity;
using Person = SecureZoom.Functions.Tests.Support.Person;

namespace SecureZoom.Functions.Tests.Meetings;

/// <summary>Intent, result and Zoom's event of one deed share its operation; what somebody else does at Zoom is nobody's echo.</summary>
public sealed class MeetingEchoesTests(QueueCloud queues) : IClassFixture<QueueCloud>, IAsyncLifetime
{
    private static readonly DateTimeOffset Asked = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    private readonly Account _alice = Accounts.Alice.In($"org_{Guid.NewGuid():N}");
    private OwnZoom _zoom = null!;
    private App _app = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Person Alice => _app.As(_alice);

    public async ValueTask InitializeAsync()
    {
        _zoom = await OwnZoom.StartAsync(queues.Cloud);
        _app = await App.StartAsync(queues.Cloud, _zoom.Settings);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _zoom.DisposeAsync();
    }

    [Fact]
    public async Task Each_change_is_one_operation_from_its_intent_to_Zoom_s_event()
    {
        var created = (await Alice.PostAsync("meetings", new JsonObject { ["topic"] = "Planning", ["duration"] = 30 })).Json;
        var number = created["id"]!.ToString();
        // Nobody is told meanwhile: an event that overtook what is kept of its change would be nobody's echo.
        await _zoom.LetAsync("start", number);
        Assert.Equal(HttpStatusCode.OK, (await Alice.PatchAsync(
            $"meetings/{number}", new JsonObject { ["topic"] = "Plans", ["settings"] = new JsonObject { ["watermark"] = true } })).Status);
        await TellAsync("created", number, new() { ["uuid"] = (string?)created["uuid"], ["topic"] = "Planning", ["join_url"] = "https://zoom.example/j/1" });
        await TellAsync(
            "updated",
            number,
            new() { ["topic"] = "Plans", ["settings"] = new JsonObject { ["watermark"] = true } },
            new() { ["topic"] = "Planning", ["settings"] = new JsonObject { ["watermark"] = false } });
        Assert.Equal(HttpStatusCode.NoContent, (await Alice.PostAsync($"meetings/{number}/end")).Status);
        await TellAsync("ended", number, new() { ["uuid"] = "an instance's", ["topic"] = "Plans" });
        Assert.Equal(HttpStatusCode.NoContent, (await Alice.DeleteAsync($"meetings/{number}")).Status);
        await TellAsync("deleted", number, new() { ["uuid"] = "an instance's", ["topic"] = "Plans" });

        var operations = new List<string>();
        foreach (var (intent, done) in ((string, string)[])
            [("create", "created"), ("update", "updated"), ("end", "ended"), ("delete", "deleted")])
        {
            // Of a create's intent the number is not known yet.
            var asked = await RecordAsync($"action=meeting.{intent}&outcome=intent");
            var result = await RecordAsync($"meeting={number}&action=meeting.{done}&source=app");
            var echo = await RecordAsync($"meeting={number}&action=meeting.{done}&source=zoom");
            var operation = (string)asked["operation"]!;
            Assert.Equal((done, operation, operation), (done, (string?)result["operation"], (string?)echo["operation"]));
            operations.Add(operation);
        }

        Assert.Equal(4, operations.Distinct().Count());
        Assert.All(operations, operation => Assert.Matches("^[0-9a-f]{32}$", operation));
    }

    [Fact]
    public async Task So_is_each_change_of_one_occurrence_and_another_occurrence_s_is_not()
    {
        var start = DateTimeOffset.UtcNow.Date.AddDays(2).AddHours(9);
        string Time(int hours) => start.AddHours(hours).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        var created = (await Alice.PostAsync("meetings", new JsonObject
        {
            ["topic"] = "Series",
            ["type"] = 8,
            ["start_time"] = Time(0),
            ["recurrence"] = new JsonObject { ["type"] = 1, ["end_times"] = 3 },
        })).Json;
        var (number, ids) = (created["id"]!.ToString(), created["occurrences"]!.AsArray().Select(one => (string)one!["occurrence_id"]!).ToList());
        JsonObject One(int index, string time) => new() { ["occurrences"] = new JsonArray(new JsonObject { ["occurrence_id"] = ids[index], ["start_time"] = time }) };

        Assert.Equal(HttpStatusCode.OK, (await Alice.PatchAsync(
            $"meetings/{number}?occurrence_id={ids[0]}", new JsonObject { ["start_time"] = Time(1)[..^1], ["timezone"] = "UTC" })).Status);
        await TellAsync("updated", number, One(1, Time(25)), One(1, Time(24)));
        await TellAsync("updated", number, One(0, Time(1)), One(0, Time(0)));
        Assert.Equal(HttpStatusCode.NoContent, (await Alice.DeleteAsync($"meetings/{number}?occurrence_id={ids[2]}")).Status);
        await TellAsync("deleted", number, One(1, Time(24)));
        await TellAsync("deleted", number, One(2, Time(48)));

        foreach (var (intent, done, echoed) in ((string, string, string)[])[("update", "updated", ids[0]), ("delete", "deleted", ids[2])])
        {
            var operation = (string)(await RecordAsync($"action=meeting.{intent}&outcome=intent"))["operation"]!;
            Assert.Equal(operation, (string?)(await RecordAsync($"meeting={number}&action=meeting.{done}&source=app"))["operation"]);
            var told = await Wait.ForAsync("both events", async () =>
                (await RecordsAsync($"meeting={number}&action=meeting.{done}&source=zoom")) is { Count: 2 } both ? both : null);
            Assert.All(told, one => Assert.Equal(
                (string?)one!["details"]!["object"]!["occurrences"]![0]!["occurrence_id"] == echoed ? operation : null, (string?)one["operation"]));
        }
    }

    [Fact]
    public async Task What_fails_is_the_operation_of_its_intent_and_what_has_one_record_has_none()
    {
        var number = (await Alice.PostAsync("meetings", new JsonObject { ["topic"] = "Planning" })).Json["id"]!.ToString();
        await Alice.PostAsync("signature", new JsonObject { ["meetingNumber"] = number });
        await _zoom.CallAsync(HttpMethod.Delete, $"meetings/{number}");
        Assert.NotEqual(HttpStatusCode.OK, (await Alice.PatchAsync($"meetings/{number}", new JsonObject { ["topic"] = "Late" })).Status);

        var asked = await RecordAsync("action=meeting.update&outcome=intent");
        var failed = await RecordAsync("action=meeting.update&outcome=failure");
        Assert.NotNull(asked["operation"]);
        Assert.Equal((string?)asked["operation"], (string?)failed["operation"]);
        Assert.Null((await RecordAsync("action=signature.issued"))["operation"]);
    }

    [Fact]
    public async Task A_passcode_s_change_at_Zoom_may_be_anybody_s()
    {
        var number = (await Alice.PostAsync("meetings", new JsonObject { ["topic"] = "Planning" })).Json["id"]!.ToString();
        Assert.Equal(HttpStatusCode.OK, (await Alice.PostAsync($"meetings/{number}/passcode")).Status);
        await TellAsync("updated", number, new() { ["password"] = "new" }, new() { ["password"] = "old" });

        var asked = await RecordAsync($"meeting={number}&action=passcode.change");
        Assert.Equal((string?)asked["operation"], (string?)(await RecordAsync($"meeting={number}&action=passcode.changed"))["operation"]);
        Assert.Null((await RecordAsync($"meeting={number}&action=meeting.updated&source=zoom"))["operation"]);
    }

    [Fact]
    public async Task A_passcode_s_change_that_tells_our_new_one_is_ours_and_the_trail_has_it_nowhere()
    {
        var number = (await Alice.PostAsync("meetings", new JsonObject { ["topic"] = "Planning" })).Json["id"]!.ToString();
        var passcode = (string)(await Alice.PostAsync($"meetings/{number}/passcode")).Json["password"]!;
        await TellAsync("updated", number, new() { ["password"] = passcode }, new() { ["password"] = "old" });

        var asked = await RecordAsync($"meeting={number}&action=passcode.change");
        var echo = await RecordAsync($"meeting={number}&action=meeting.updated&source=zoom");
        Assert.Equal((string?)asked["operation"], (string?)echo["operation"]);
        Assert.DoesNotContain(passcode, echo.ToJsonString(), StringComparison.Ordinal);
        Assert.True((bool)echo["details"]!["passcode_changed"]!);
    }

    [Fact]
    public async Task Of_quick_changes_each_has_its_own_echo_and_of_two_alike_none()
    {
        var number = (await Alice.PostAsync("meetings", new JsonObject { ["topic"] = "Planning" })).Json["id"]!.ToString();
        string[] topics = ["First", "Second", "Twice", "Twice"];
        foreach (var topic in topics)
        {
            Assert.Equal(HttpStatusCode.OK, (await Alice.PatchAsync($"meetings/{number}", new JsonObject { ["topic"] = topic })).Status);
        }

        foreach (var topic in topics[..3])
        {
            await TellAsync("updated", number, new() { ["topic"] = topic }, new() { ["topic"] = "Planning" });
        }

        var results = await Wait.ForAsync("the results", async () => (await RecordsAsync($"meeting={number}&action=meeting.updated&source=app")) is { Count: 4 } all ? all : null);
        var echoes = await Wait.ForAsync("the echoes", async () => (await RecordsAsync($"meeting={number}&action=meeting.updated&source=zoom")) is { Count: 3 } all ? all : null);
        // They come to the trail in any order.
        var done = results.OrderBy(one => (DateTimeOffset)one!["occurredAt"]!).Select(one => (string?)one!["operation"]).ToList();
        Assert.Equal(
            [null, done[1], done[0]],
            echoes.OrderByDescending(one => (string)one!["details"]!["object"]!["topic"]! switch { "First" => 0, "Second" => 1, _ => 2 }).Select(one => (string?)one!["operation"]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_series_that_repeats_otherwise_is_known_by_the_occurrences_that_come_of_it(bool isOurs)
    {
        var start = DateTimeOffset.UtcNow.Date.AddDays(2).AddHours(9).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        JsonObject Daily(int times) => new() { ["type"] = 1, ["end_times"] = times };
        var created = (await Alice.PostAsync("meetings", new JsonObject { ["topic"] = "Series", ["type"] = 8, ["start_time"] = start, ["recurrence"] = Daily(2) })).Json;
        var number = created["id"]!.ToString();
        Assert.Equal(HttpStatusCode.OK, (await Alice.PatchAsync($"meetings/{number}", new JsonObject { ["recurrence"] = Daily(4) })).Status);
        var now = (await _zoom.CallAsync(HttpMethod.Get, $"meetings/{number}"))!.AsObject();
        Assert.Equal(4, now["occurrences"]!.AsArray().Count);
        var told = now["occurrences"]!.DeepClone().AsArray();
        if (!isOurs)
        {
            told[3]!["start_time"] = start;
        }

        await TellAsync(
            "updated", number,
            new() { ["recurrence"] = now["recurrence"]!.DeepClone(), ["occurrences"] = told },
            new() { ["recurrence"] = created["recurrence"]!.DeepClone(), ["occurrences"] = created["occurrences"]!.DeepClone() });
        var asked = await RecordAsync("action=meeting.update&outcome=intent");
        var echo = await RecordAsync($"meeting={number}&action=meeting.updated&source=zoom");
        Assert.Equal(isOurs ? (string?)asked["operation"] : null, (string?)echo["operation"]);
    }

    [Fact]
    public async Task A_meeting_that_was_gone_already_was_deleted_by_somebody_else()
    {
        var number = (await Alice.PostAsync("meetings", new JsonObject { ["topic"] = "Planning" })).Json["id"]!.ToString();
        await _zoom.CallAsync(HttpMethod.Delete, $"meetings/{number}");
        Assert.Equal(HttpStatusCode.NoContent, (await Alice.DeleteAsync($"meetings/{number}")).Status);
        await TellAsync("deleted", number, new() { ["topic"] = "Planning" });

        Assert.Null((await RecordAsync($"meeting={number}&action=meeting.deleted&source=zoom"))["operation"]);
    }

    /// <summary>What is missing before the bar is as it was asked for: the topic "Plans" and 45 minutes, from 12:00:00 to 12:00:01.</summary>
    [Theory]
    [InlineData(true, "as asked")]
    [InlineData(true, "one of two", "changed", """["topic"]""")]
    [InlineData(true, "at once", "at", "-0.0005")]
    [InlineData(true, "a little later", "at", "10.9")]
    [InlineData(false, "before", "at", "-0.002")]
    [InlineData(false, "long after", "at", "11.1")]
    [InlineData(false, "another topic", "topic", "Plots")]
    [InlineData(false, "something beside", "changed", """["topic","agenda"]""")]
    [InlineData(false, "more than is named", "changed_total", "21")]
    [InlineData(false, "nothing that is named", "changed", "[]")]
    [InlineData(false, "another name", "action", "meeting.ended")]
    public void An_update_s_echo_says_in_its_seconds_what_was_asked_for_and_nothing_else(bool isEcho, string what, string? member = null, string? value = null)
    {
        var operation = new MeetingOperation("0", ZoomEventNames.MeetingUpdated, Asked, Asked.AddSeconds(1))
        {
            Asked = MeetingValues.Asked(new UpdateMeeting { Topic = "Plans", Duration = 45 }),
        };
        var details = new JsonObject { ["object"] = new JsonObject { ["topic"] = "Plans", ["duration"] = 45 }, ["changed"] = new JsonArray("topic", "duration") };
        switch (member)
        {
            case "topic":
                details["object"]!["topic"] = value;
                break;
            case "changed" or "changed_total":
                details[member] = JsonNode.Parse(value!);
                break;
        }

        var at = Asked.AddSeconds(member == "at" ? double.Parse(value!, System.Globalization.CultureInfo.InvariantCulture) : 0.5);
        var told = Story.Event(action: member == "action" ? value! : "meeting.updated", at: at, source: AuditSources.Zoom, details: details);
        Assert.Equal((what, isEcho), (what, MeetingEchoes.IsEcho(operation, told)));
    }

    [Theory]
    [InlineData("meeting.created", """{"object":{"uuid":"u1"}}""", true)]
    [InlineData("meeting.created", """{"object":{"uuid":"u2"}}""", false)]
    [InlineData("meeting.created", """{"object":{}}""", false)]
    [InlineData("meeting.deleted", """{"object":{"occurrences":[{"occurrence_id":"1"}]}}""", false)]
    [InlineData("meeting.deleted", """{"operation":"all"}""", true)]
    [InlineData("meeting.created", """{"object":{"uuid":12345}}""", false)]
    [InlineData("meeting.updated", """{"object":{"uuid":12345},"changed":[12345]}""", false)]
    public void A_create_is_known_by_its_uuid_and_an_occurrence_is_no_deletion(string action, string details, bool isEcho)
    {
        var operation = new MeetingOperation("0", action, Asked, Asked.AddSeconds(1)) { Uuid = "u1" };
        var told = Story.Event(action: action, at: Asked, source: AuditSources.Zoom, details: JsonNode.Parse(details)!.AsObject());
        Assert.Equal(isEcho, MeetingEchoes.IsEcho(operation, told));
    }

    [Fact]
    public void A_time_is_the_same_however_it_was_asked_for_and_a_long_text_takes_no_room()
    {
        var change = new UpdateMeeting { StartTime = "2026-12-01T10:00:00+01:00", Agenda = new string('a', 2000) };
        var operation = new MeetingOperation("0", ZoomEventNames.MeetingUpdated, Asked, Asked) { Asked = MeetingValues.Asked(change) };
        var details = new JsonObject
        {
            ["object"] = new JsonObject { ["start_time"] = "2026-12-01T09:00:00Z", ["agenda"] = change.Agenda },
            ["changed"] = new JsonArray("start_time", "agenda"),
        };
        Assert.True(MeetingEchoes.IsEcho(operation, Story.Event(action: "meeting.updated", at: Asked, source: AuditSources.Zoom, details: details)));
        Assert.All(operation.Asked.Values, value => Assert.InRange(value.Length, 1, 100));
    }

    /// <summary>Zoom's event of a meeting, as of now.</summary>
    private async Task TellAsync(string what, string number, JsonObject about, JsonObject? before = null)
    {
        about["id"] = number;
        var payload = new JsonObject { ["operator"] = _alice.Email, ["object"] = about };
        if (before is not null)
        {
            before["id"] = number;
            payload["old_object"] = before;
        }

        _zoom.TellTo(_app);
        await _zoom.Zoom.DeliverAsync(new JsonObject { ["event"] = $"meeting.{what}", ["payload"] = payload });
        _zoom.Zoom.WebhookTarget = null;
    }

    private Task<JsonNode> RecordAsync(string filter) => Wait.ForAsync(filter, async () => (await RecordsAsync(filter))?.FirstOrDefault());

    private async Task<JsonArray?> RecordsAsync(string filter) =>
        (await _app.As(Accounts.Audrey.In(_alice.OrganizationId!)).GetAsync($"audit?{filter}")).Json["records"]?.AsArray();
}
