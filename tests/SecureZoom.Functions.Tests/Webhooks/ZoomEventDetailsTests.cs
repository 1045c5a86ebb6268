using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Tests.Audit;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Functions.Webhooks.Zoom;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Tests.Webhooks;

/// <summary>What of an event is kept, and in which form.</summary>
public sealed class ZoomEventDetailsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 20, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("1795548600")]
    [InlineData("1")]
    [InlineData("253402300799999")]
    [InlineData("\"soon\"")]
    public void A_time_that_cannot_be_meant_is_kept_as_text(string time)
    {
        var auditEvent = ZoomSamples.EventOf(JsonNode.Parse($$$"""{"event":"meeting.started","event_ts":{{{time}}},"payload":{"object":{"id":1} } }""")!, Now);

        Assert.Equal(Now, auditEvent.OccurredAt);
        Assert.Equal(time.Trim('"'), (string?)auditEvent.Details!["event_ts"]);
    }

    [Fact]
    public void A_time_that_is_taken_is_not_kept_twice() => Assert.Null(
        ZoomSamples.EventOf(JsonNode.Parse("""{"event":"meeting.started","event_ts":1795548600000,"payload":{"object":{"id":1}}}""")!, Now).Details!["event_ts"]);

    [Fact]
    public void What_is_cut_says_how_much_there_was()
    {
        var files = Enumerable.Range(0, 300).Select(number => new JsonObject { ["id"] = $"{number}" });
        var about = Kept("recording.completed", new() { ["recording_files"] = new JsonArray([.. files]) });

        Assert.Equal(50, about["recording_files"]!.AsArray().Count);
        Assert.Equal(300, (int)about["recording_files_total"]!);
    }

    [Fact]
    public void A_text_that_is_cut_says_how_long_it_was()
    {
        var about = Kept("meeting.created", new() { ["agenda"] = new string('a', 2049), ["topic"] = new string('t', 2048) });

        Assert.Equal((2048, 'a', '…'), (((string)about["agenda"]!).Length, ((string)about["agenda"]!)[0], ((string)about["agenda"]!)[^1]));
        Assert.Equal(2049, (int)about["agenda_total"]!);
        Assert.Equal(new string('t', 2048), (string?)about["topic"]);
        Assert.False(about.ContainsKey("topic_total"));
        var guest = Kept("meeting.participant_joined", new() { ["participant"] = new JsonObject { ["user_name"] = new string('g', 3000) } })["participant"]!;
        Assert.Equal((2048, 3000), (((string)guest["user_name"]!).Length, (int)guest["user_name_total"]!));
    }

    [Fact]
    public void Settings_that_are_cut_say_how_many_there_were()
    {
        JsonObject Flags(int count) => new(Enumerable.Range(0, count).Select(number => KeyValuePair.Create($"flag_{number}", (JsonNode?)true)));
        var about = Kept("account.settings_updated", new() { ["settings"] = new JsonObject { ["in_meeting"] = Flags(51), ["recording"] = Flags(50) } });

        Assert.Equal((51, 51), (about["settings"]!["in_meeting"]!.AsObject().Count, (int)about["settings"]!["in_meeting"]!["total"]!));
        Assert.False(about["settings"]!["recording"]!.AsObject().ContainsKey("total"));
    }

    [Fact]
    public void Hundreds_of_meetings_fit_into_a_message()
    {
        var uuids = Enumerable.Range(0, 300).Select(_ => JsonValue.Create(Convert.ToBase64String(Guid.NewGuid().ToByteArray())));
        var auditEvent = ZoomSamples.EventOf(
            new JsonObject
            {
                ["event"] = "recording.batch_trashed",
                ["payload"] = new JsonObject { ["operator"] = new string('a', 100_000), ["object"] = new JsonObject { ["meeting_uuids"] = new JsonArray([.. uuids]) } },
            },
            Now);

        Assert.Equal(300, auditEvent.Whose!.MeetingUuids.Count);
        Assert.Equal(300, (int)auditEvent.Details!["object"]!["meeting_uuids_total"]!);
        Assert.InRange(AuditMessage.Seal(Story.Entry(auditEvent), new SecretVersion("key")).Length, 0, AuditMessage.MaxLength);
    }

    [Theory]
    [InlineData("1048576")]
    [InlineData("1048576.0")]
    [InlineData("\"1048576\"")]
    public void A_size_is_a_number_however_it_is_written(string size) => Assert.Equal(
        1048576, (long)Kept("recording.completed", new() { ["recording_files"] = new JsonArray(new JsonObject { ["file_size"] = JsonNode.Parse(size) }) })["recording_files"]![0]!["file_size"]!);

    [Theory]
    [InlineData("1048576", 1048576L)]
    [InlineData("1048576.0", 1048576L)]
    [InlineData("\"1048576\"", 1048576L)]
    [InlineData("\"much\"", null)]
    [InlineData("null", null)]
    public void A_size_in_Zoom_s_answer_is_read_however_it_is_written(string size, long? expected)
    {
        var answer = JsonSerializer.Deserialize($$"""{"recording_files":[{"file_size":{{size}} }]}""", ZoomJson.Default.ZoomRecordings);

        Assert.Equal(expected, Assert.Single(answer!.RecordingFiles!).FileSize);
    }

    [Fact]
    public void A_mark_of_UTF8_before_the_body_is_no_part_of_it()
    {
        byte[] body = [.. Encoding.UTF8.Preamble, .. """{"event":"meeting.started"}"""u8];
        using var webhook = Functions.Webhooks.Zoom.Webhook.Parse(body);

        Assert.Equal("meeting.started", webhook.Name);
    }

    [Fact]
    public void Another_account_of_ours_whose_secret_did_not_sign_is_refused()
    {
        using var webhook = Functions.Webhooks.Zoom.Webhook.Parse("""{"event":"meeting.started","payload":{"account_id":"other"}}"""u8.ToArray());

        var refused = Assert.Throws<WebhookException>(() =>
            webhook.ToEvent(new WebhookProof([Cloud.ZoomAccountId], new SecretVersion("s")) { OtherAccountIds = ["other"] }, ZoomSamples.Ids, Now));
        Assert.Equal(WebhookError.InvalidSignature, refused.Error);
    }

    [Fact]
    public void Changes_are_named_and_a_passcode_is_not_told()
    {
        var auditEvent = ZoomSamples.EventOf(
            new JsonObject
            {
                ["event"] = "meeting.updated",
                ["payload"] = new JsonObject
                {
                    ["object"] = new JsonObject { ["id"] = 1, ["password"] = "new one", ["settings"] = new JsonObject { ["waiting_room"] = false } },
                    ["old_object"] = new JsonObject { ["id"] = 1, ["password"] = "old one", ["settings"] = new JsonObject { ["waiting_room"] = true } },
                },
            },
            Now);

        Assert.Equal(["password", "settings.waiting_room"], auditEvent.Details!["changed"]!.AsArray().Select(name => (string?)name));
        Assert.DoesNotContain("one", AuditMessage.Seal(Story.Entry(auditEvent), new SecretVersion("key")).Replace("none", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("another", """{"id":1,"password":"new"}""", """{"id":1,"password":"old"}""", true)]
    [InlineData("the same", """{"id":1,"password":"one"}""", """{"id":1,"password":"one"}""", false)]
    [InlineData("a first one", """{"id":1,"password":"new"}""", """{"id":1,"topic":"Old"}""", true)]
    [InlineData("taken away", """{"id":1,"topic":"New"}""", """{"id":1,"password":"old"}""", true)]
    [InlineData("none at all", """{"id":1,"topic":"New"}""", """{"id":1,"topic":"Old"}""", false)]
    [InlineData("the whole meeting", """{"id":1,"host_id":"h","topic":"New","password":"one"}""", """{"id":1,"topic":"Old"}""", false)]
    [InlineData("another, in the whole meeting", """{"id":1,"host_id":"h","password":"new"}""", """{"id":1,"password":"old"}""", true)]
    [InlineData("taken away, in the whole meeting", """{"id":1,"host_id":"h","topic":"New"}""", """{"id":1,"password":"old"}""", true)]
    [InlineData("nothing before", """{"id":1,"password":"new"}""", "null", false)]
    public void A_passcode_was_changed_where_it_is_another_than_before(string what, string now, string before, bool isChanged)
    {
        var auditEvent = ZoomSamples.EventOf(
            JsonNode.Parse($$$"""{"event":"meeting.updated","payload":{"object":{{{now}}},"old_object":{{{before}}} } }""")!, Now);
        Assert.True(isChanged == (auditEvent.Details!["passcode_changed"] is not null), what);
    }

    [Theory]
    [InlineData("webinar.updated")]
    [InlineData("meeting.updated")]
    public void An_event_in_the_form_of_Zoom_s_sample_that_shows_all_is_no_change_of_the_passcode(string name)
    {
        var sample = ZoomSamples.All.Single(one => (string?)one["event"] == "webinar.updated").DeepClone();
        sample["event"] = name;
        var details = ZoomSamples.EventOf(sample, Now).Details!;
        Assert.False(details.ContainsKey("passcode_changed"), details.ToJsonString());
        Assert.DoesNotContain("password", details["changed"]!.AsArray().Select(one => (string?)one));
    }

    [Theory]
    [InlineData(Cloud.ZoomAccountId, false)]
    [InlineData(null, false)]
    [InlineData("acct_sub", true)]
    public void An_event_is_a_sub_account_s_where_it_names_another_than_whose_secret_signs(string? account, bool isSub)
    {
        var whose = ZoomSamples.EventOf(new JsonObject { ["event"] = "app_deauthorized", ["payload"] = new JsonObject { ["account_id"] = account } }, Now).Whose!;
        Assert.Equal((isSub, true), (whose.IsSubAccounts, whose.IsAccounts));
    }

    [Theory]
    [InlineData("meeting.participant_admitted")]
    [InlineData("meeting.participant_put_in_waiting_room")]
    [InlineData("meeting.participant_role_changed")]
    [InlineData("meeting.invitation_accepted")]
    public void What_somebody_suffers_is_not_their_deed(string name) => Assert.Equal(
        "system", ZoomSamples.EventOf(ZoomSamples.All.Single(sample => (string?)sample["event"] == name), Now).Actor.Type);

    private static JsonObject Kept(string name, JsonObject about) => ZoomSamples.EventOf(
        new JsonObject { ["event"] = name, ["payload"] = new JsonObject { ["object"] = about } }, Now).Details!["object"]!.AsObject();
}
