using System.Globalization;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Audit;

public sealed class AuditSentenceTests
{
    private static readonly DateTimeOffset HalfPastTwo = new(2026, 11, 24, 19, 30, 0, TimeSpan.Zero);

    [Fact]
    public void The_article_s_sentence()
    {
        var created = Story.Event(at: HalfPastTwo, details: new JsonObject
        {
            ["duration"] = 60,
            ["timezone"] = "America/New_York",
            ["settings"] = new JsonObject { ["auto_recording"] = "cloud" },
        });

        Assert.Equal(
            "Alice from Marketing (Acme Corp) created a 60-minute meeting with recording enabled at 2:30 PM EST (2026-11-24 19:30:00 UTC): "
            + "meeting 85012345678, \"Planning\".",
            AuditSentence.Of(created));
    }

    [Theory]
    [InlineData("Bob deleted a meeting at 2:30 PM. Alice")]
    [InlineData("Alice\nBob deleted a meeting")]
    [InlineData("Alice\u202eecila")]
    [InlineData("Alice\". Bob did \"harm")]
    [InlineData("Alice\u2028Bob")]
    [InlineData("Alice\u0000")]
    [InlineData("Alice “x” Bob")]
    public void A_name_cannot_write_a_second_sentence(string name)
    {
        var sentence = AuditSentence.Of(Story.Event(actor: new AuditActor { Type = "user", Name = name }, topic: name));

        Assert.StartsWith("\"", sentence, StringComparison.Ordinal);
        Assert.Equal(4, sentence.Count(c => c == '"'));
        Assert.DoesNotContain(sentence, c => char.IsControl(c) || c is '\u202e' or '\u2028' or '“' or '”');
        var actor = sentence[1..sentence.IndexOf('"', 1)];
        Assert.DoesNotContain("\"", actor, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8, "an 8-minute")]
    [InlineData(11, "an 11-minute")]
    [InlineData(18, "an 18-minute")]
    [InlineData(80, "an 80-minute")]
    [InlineData(45, "a 45-minute")]
    [InlineData(110, "a 110-minute")]
    public void The_article_before_minutes_is_as_it_is_spoken(int minutes, string expected) =>
        Assert.Contains(expected, AuditSentence.Of(Story.Event(details: new JsonObject { ["duration"] = minutes })), StringComparison.Ordinal);

    [Fact]
    public void A_lowered_role_is_told_with_its_reason()
    {
        var issued = Story.Event(
            action: "signature.issued", reason: "not_the_host", details: new JsonObject { ["role"] = 0, ["requestedRole"] = 1 });

        Assert.Contains(
            "got a signature to join a meeting as participant, having asked to host (not the host)",
            AuditSentence.Of(issued),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Zoom_s_events_say_whose_word_it_is()
    {
        var joined = Story.Event(
            action: "meeting.participant_joined", source: "zoom", actor: new AuditActor { Type = "participant", Name = "Eve" });

        Assert.StartsWith("Eve joined a meeting, as Zoom tells at", AuditSentence.Of(joined), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00Z", "America/New_York")]
    [InlineData("9999-12-31T23:59:59Z", "Pacific/Kiritimati")]
    public void A_time_at_an_end_of_time_has_a_sentence_in_every_zone(string at, string zone) =>
        Assert.Contains(
            $"at {at[..10]}",
            AuditSentence.Of(Story.Event(at: DateTimeOffset.Parse(at, CultureInfo.InvariantCulture), details: new JsonObject { ["timezone"] = zone })),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("meeting.updated", null, """["topic","settings.waiting_room"]""", "Alice from Marketing (Acme Corp) changed the topic and the waiting room of a meeting at ")]
    [InlineData("meeting.updated", null, """["agenda"]""", "Alice from Marketing (Acme Corp) changed the agenda of a meeting at ")]
    [InlineData("meeting.updated", "1795600800000", """["duration"]""", "Alice from Marketing (Acme Corp) changed the duration of an occurrence of a meeting at ")]
    [InlineData("meeting.updated", null, "[]", "Alice from Marketing (Acme Corp) changed a meeting at ")]
    [InlineData("meeting.deleted", null, "[]", "Alice from Marketing (Acme Corp) deleted a meeting at ")]
    [InlineData("meeting.deleted", "1795600800000", "[]", "Alice from Marketing (Acme Corp) deleted an occurrence of a meeting at ")]
    [InlineData("meeting.ended", null, "[]", "Alice from Marketing (Acme Corp) ended a meeting at ")]
    public void What_is_done_to_a_meeting_is_told_in_words(string action, string? occurrence, string changed, string sentence) => Assert.StartsWith(
        sentence,
        AuditSentence.Of(Story.Event(action: action, details: new JsonObject { ["occurrence_id"] = occurrence, ["changed"] = JsonNode.Parse(changed) })),
        StringComparison.Ordinal);

    [Fact]
    public void Whatever_is_done_here_has_words_of_its_own() => Assert.Equal(
        // In the imperative nothing succeeds; a refusal is told as one, and what cannot be read is never recorded.
        [
            "meeting.create", "meeting.update", "meeting.delete", "meeting.end", "passcode.change", "invitation.withdraw", "access.denied",
            "audit.erasure_request", "audit.erasure_withdraw", "customer.add", "customer.remove", "record.unreadable",
        ],
        TrailWords.Actions.Where(action => AuditSentence.Of(Story.Event(action: action)).Contains(" did \"", StringComparison.Ordinal)));

    [Theory]
    [InlineData("customer.add", "intent", "set out to write down what \"org_acme\" has of its own")]
    [InlineData("customer.remove", "failure", "could not take out what \"org_acme\" has of its own (unavailable)")]
    public void What_is_about_to_be_done_to_a_customer_has_words(string action, string outcome, string words) => Assert.Contains(
        words,
        AuditSentence.Of(Story.Event(action: action, details: new JsonObject { ["organization"] = "org_acme" }) with { Outcome = outcome, Reason = "unavailable" }),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("app_deauthorized", """{"user":{"id":"zOwner0123456789abcdef"}}""", "A Zoom user took the app out of the account: calls to Zoom will fail, as Zoom tells")]
    [InlineData("app_deauthorized", """{"account_id":"acct_sub"}""", "A Zoom user took the app out of a sub-account, as Zoom tells")]
    [InlineData("user.settings_updated", """{"object":{"user":{"id":"zBob0123456789abcdefgh"}}}""", "A Zoom user changed the settings of a user, as Zoom tells")]
    [InlineData("user.settings_updated", """{"object":{"user":{"id":"zBob0123456789abcdefgh","email":"bob@acme.example"}}}""", "A Zoom user changed the settings of user \"bob@acme.example\", as Zoom tells")]
    public void Zoom_s_ids_of_people_stand_in_no_sentence_and_only_the_main_account_s_calls_will_fail(string action, string details, string sentence)
    {
        var told = Story.Event(action: action, source: "zoom", topic: null, details: JsonNode.Parse(details)!.AsObject()) with
        {
            Actor = new AuditActor { Type = "zoom_user", Subject = "zOwner0123456789abcdef" },
            Target = new AuditTarget(action == "app_deauthorized" ? "app" : "user", "client_id-1"),
            Meeting = null,
        };
        Assert.StartsWith(sentence, AuditSentence.Of(told), StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_that_nobody_knows_has_a_sentence_too() =>
        Assert.Contains(
            "Zoom sent \"phone.odd_'event\"",
            AuditSentence.Of(Story.Event(action: "phone.odd_\"event", source: "zoom")),
            StringComparison.Ordinal);
}
