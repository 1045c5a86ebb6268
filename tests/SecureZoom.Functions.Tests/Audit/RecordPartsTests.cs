using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Revocations;
using SecureZoom.Functions.Tests.Audit.Vectors;
using SecureZoom.Functions.Tests.Webhooks;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>What may name somebody is apart from the deed, and can be destroyed by itself.</summary>
public sealed partial class RecordPartsTests
{
    private const string Topic = "Alice Adams' Zoom Meeting";
    private const string Typed = "Adams' room";

    private static readonly System.Text.Json.JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly DateTimeOffset Now = new(2026, 11, 24, 20, 0, 0, TimeSpan.Zero);

    [Fact]
    public void No_words_of_any_event_of_Zoom_s_are_in_a_deed() => Assert.All(ZoomSamples.All, sample =>
    {
        var worded = sample.DeepClone();
        var count = 0;
        Replace(worded["payload"], _ => $"{Topic} {count++}");
        Assert.DoesNotContain("Adams", DeedOf(Write(ZoomSamples.EventOf(worded, Now))), StringComparison.Ordinal);
    });

    [Fact]
    public void What_a_thing_is_called_in_one_word_is_in_no_deed_either()
    {
        var kept = 0;
        Assert.All(ZoomSamples.All, sample =>
        {
            var named = sample.DeepClone();
            Replace(named["payload"], name => Names().IsMatch(name) ? "Adams" : null);
            var written = Write(ZoomSamples.EventOf(named, Now));
            Assert.DoesNotContain("Adams", DeedOf(written), StringComparison.Ordinal);
            kept += written.Parts.Any(part => Utf8(part.Bytes).Contains("Adams", StringComparison.Ordinal)) ? 1 : 0;
        });
        Assert.True(kept > ZoomSamples.All.Count / 2, $"Only {kept} events keep a name at all.");
    }

    [Fact]
    public void A_record_is_read_as_what_was_written() => Assert.All(ZoomSamples.All, sample =>
    {
        var auditEvent = ZoomSamples.EventOf(sample, Now) with { Operation = "0123456789abcdef0123456789abcdef" };
        var record = RecordFormat.TryRead(Write(auditEvent))!;
        Assert.Equal((auditEvent.Target, auditEvent.Meeting, auditEvent.Reason, auditEvent.Operation), (record.Target, record.Meeting, record.Reason, record.Operation));
        Assert.True(JsonNode.DeepEquals(auditEvent.Details, record.Details), $"{auditEvent.Details} was read as {record.Details}");
    });

    [Fact]
    public void What_callers_typed_is_in_no_deed()
    {
        var typed = Story.Event(action: "access.denied", outcome: "denied", reason: Typed, topic: null, details: Denial.Details("getMeeting", 2, [Typed, "85012345678"], 0)) with { Meeting = Typed };
        var written = Write(typed);
        Assert.DoesNotContain("Adams", DeedOf(written), StringComparison.Ordinal);
        Assert.Contains("\"function\":\"getMeeting\"", DeedOf(written), StringComparison.Ordinal);
        var record = RecordFormat.TryRead(written)!;
        Assert.Equal((Typed, Typed), (record.Meeting, record.Reason));
        Assert.Equal([Typed, "85012345678", Typed], Denial.MeetingsOf(record.Meeting, record.Details));
    }

    [Fact]
    public void What_is_on_the_list_stays_in_the_deed()
    {
        var details = new JsonObject { ["timezone"] = "America/New_York", ["settings"] = new JsonObject { ["auto_recording"] = "cloud" }, ["changed"] = new JsonArray("object.topic"), ["duration"] = 60 };
        var deed = JsonNode.Parse(DeedOf(Write(Story.Event(reason: "not_found", details: details))))!;
        Assert.True(JsonNode.DeepEquals(details, deed["details"]), deed.ToJsonString());
        Assert.Equal(("85012345678", "not_found", "85012345678"), ((string?)deed["meeting"], (string?)deed["reason"], (string?)deed["target"]!["id"]));
    }

    [Fact]
    public void The_page_lists_what_stays_in_the_deed()
    {
        var page = VectorFile.Read("../../docs/trail-format.md");
        var section = page[page.IndexOf("## Members that stay", StringComparison.Ordinal)..page.IndexOf("A member that is not here", StringComparison.Ordinal)];
        Assert.Equal(ClosedMembers.All.Order(), InRow().Matches(section).Select(found => found.Groups[1].Value).Order());
    }

    [Fact]
    public void Whose_tokens_are_refused_and_where_stays_in_the_deed_and_who_it_is_does_not()
    {
        var here = new EndedAccessChange(EndedAccessKind.Suspended, Ends: true, "https://auth.example/", "okta|acme|00ualice", Now)
        {
            Reach = "org_a org_b",
            Organization = "org_a",
            Reason = "person.suspended",
            By = "okta",
        };
        var everywhere = here with { Reach = EndedAccessChange.Everywhere };
        var written = Write(Story.Event(action: "person.suspended", source: "okta", topic: null, details: new JsonObject { ["access"] = RecordedAccess.Write([here, everywhere], at: true) }));
        Assert.Equal(
            """{"kind":"Suspended","ends":true,"issuer":"https://auth.example/","reach":"org_a+org_b","user":{"person":1},"at":"2026-11-24T20:00:00.0000000+00:00"}""",
            JsonNode.Parse(DeedOf(written))!["details"]!["access"]![0]!.ToJsonString(Plain));
        Assert.DoesNotContain("00ualice", DeedOf(written), StringComparison.Ordinal);
        Assert.Equal([here, everywhere], RecordedAccess.Read(RecordFormat.TryRead(written)!.Details, new RecordedChange(Now, "org_a", "person.suspended", "okta")));
    }

    [Fact]
    public void Equal_texts_share_a_part()
    {
        var details = new JsonObject { ["object"] = new JsonObject { ["topic"] = Topic }, ["old_object"] = new JsonObject { ["topic"] = "Another" } };
        var written = Write(Story.Event(topic: Topic, details: details));
        Assert.Equal([Text(Topic), Text("Another")], written.Parts.Skip(1).Select(part => Utf8(part.Bytes)));
        var deed = JsonNode.Parse(DeedOf(written))!;
        Assert.Equal("""{"text":1}""", deed["target"]!["name"]!.ToJsonString());
        Assert.Equal("""{"object":{"topic":{"text":1}},"old_object":{"topic":{"text":2}}}""", deed["details"]!.ToJsonString());
    }

    [Fact]
    public void A_destroyed_text_leaves_the_leaf_and_the_rest_of_the_record_as_they_were()
    {
        var auditEvent = Story.Event(topic: Topic, details: new JsonObject { ["object"] = new JsonObject { ["topic"] = Topic, ["agenda"] = "Costs" } });
        var written = Write(auditEvent);
        var left = written with { Parts = [.. written.Parts.Select(part => Utf8(part.Bytes) == Text(Topic) ? part.Withhold() : part)] };

        Assert.Equal(written.LeafHash(), left.LeafHash());
        Assert.DoesNotContain("Adams", string.Concat(left.Parts.Select(part => part.Bytes).Prepend(left.Deed).Select(Utf8)), StringComparison.Ordinal);

        Assert.True(RecordLine.TryRead(new RecordLine(left, left.LeafHash()).ToBytes("Somebody did something."), out var read));
        Assert.Equal(written.LeafHash(), read.Record.LeafHash());
        Assert.Equal([false, true, false], read.Record.Parts.Select(part => part.IsWithheld));

        var (before, after) = (RecordFormat.TryRead(written)!, RecordFormat.TryRead(left)!);
        Assert.Equal((before.Id, before.Actor, before.Meeting), (after.Id, after.Actor, after.Meeting));
        Assert.Equal("""{"object":{"topic":null,"agenda":"Costs"}}""", after.Details!.ToJsonString());
        Assert.Equal(before.Target! with { Name = null }, after.Target);
        Assert.Equal(before.Sentence.Replace($", \"{Topic}\"", "", StringComparison.Ordinal), after.Sentence);
    }

    [Fact]
    public void Three_hundred_files_fit_and_share_the_last_part()
    {
        var files = Enumerable.Range(0, 300).Select(number => new JsonObject { ["id"] = $"file-{number}", ["file_name"] = $"Alice Adams {number}.mp4" });
        var details = new JsonObject { ["object"] = new JsonObject { ["recording_files"] = new JsonArray([.. files]) } };
        var written = Write(Story.Event(details: details));
        // The actor, the texts with a part of their own, and one for all others.
        Assert.Equal(1 + TakenParts.MostTexts + 1, written.Parts.Count);
        Assert.DoesNotContain("Adams", DeedOf(written), StringComparison.Ordinal);
        Assert.True(JsonNode.DeepEquals(details, RecordFormat.TryRead(written)!.Details));
    }

    [Theory]
    [InlineData("topic", 9000)]
    [InlineData("email", 3000)]
    public void Details_that_would_not_fit_with_their_parts_are_left_out(string name, int count)
    {
        var many = new JsonObject { ["object"] = new JsonArray([.. Enumerable.Range(0, count).Select(number => new JsonObject { [name] = $"{number}" })]) };
        var record = RecordFormat.TryRead(Write(Story.Event(details: many)))!;
        Assert.Equal("""{"omitted":"too_large"}""", record.Details!.ToJsonString());
        Assert.Equal("Planning", record.Target!.Name);
    }

    private static LogRecord Write(AuditEvent auditEvent) => RecordFormat.Write(auditEvent, "log", "org_acme", 0, Now, isNamesake: false);

    private static string DeedOf(LogRecord record) => Utf8(record.Deed);

    private static string Utf8(ReadOnlyMemory<byte> part) => Encoding.UTF8.GetString(part.Span);

    private static string Text(string text) => new JsonObject { ["text"] = text }.ToJsonString();

    private static void Replace(JsonNode? node, Func<string, string?> text, string parent = "")
    {
        foreach (var (name, value) in (node as JsonObject)?.ToList() ?? [])
        {
            if (value is JsonValue && value.GetValueKind() == System.Text.Json.JsonValueKind.String && name != "account_id" && text(name) is { } other)
            {
                node![name] = other;
            }

            Replace(value, text, name);
        }

        foreach (var (index, item) in (node as JsonArray)?.Index().ToList() ?? [])
        {
            if (item is JsonValue && text(parent) is { } other)
            {
                node![index] = other;
            }

            Replace(item, text, parent);
        }
    }

    /// <summary>The members in the table's second column.</summary>
    [GeneratedRegex(@"(?<=^\|[^|\n]*\|[^|\n]*)`(\w+)`", RegexOptions.Multiline)]
    private static partial Regex InRow();

    [GeneratedRegex("(^|_)(name|topic|title|agenda|alias|location|issue|issues|user_ids|meeting_number)$")]
    private static partial Regex Names();
}
