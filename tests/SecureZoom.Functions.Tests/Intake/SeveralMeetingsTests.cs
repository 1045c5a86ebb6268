using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Intake;
using SecureZoom.Functions.Tests.Webhooks;

namespace SecureZoom.Functions.Tests.Intake;

/// <summary>Of an event about several meetings, how many a record says that there are, whether their numbers are known or not.</summary>
public sealed class SeveralMeetingsTests
{
    [Theory]
    [InlineData("a-1 b-2 c- d- e-", "1 2", 5, null)]
    [InlineData("a-1 b- c- d- e-", "1", 5, null)]
    [InlineData("a- b- c- d- e-", "", 5, null)]
    [InlineData("a-1 b-2 c-3", "1 2 3", 3, null)]
    [InlineData("a-1 b-1", "1", 1, "1")]
    [InlineData("a-1", "1", 1, "1")]
    public void A_record_says_how_many_meetings_there_are_and_names_one_where_it_is_the_only_one(string meetings, string numbers, int count, string? named)
    {
        var part = Of(5, [.. meetings.Split(' ').Select(one => one.Split('-') is [var uuid, var number] ? (uuid, number is "" ? null : number) : default)]);

        Assert.Equal(named, part.Meeting);
        Assert.Equal(numbers, string.Join(' ', part.Details!["meetings"]!.AsArray().Select(number => (string?)number)));
        Assert.Contains(
            $"moved the recordings of {(count == 1 ? "a meeting" : $"{count} meetings")} to the trash, as Zoom tells", AuditSentence.Of(part), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(300, 300, 50, 300)]
    [InlineData(300, 100, 50, 100)]
    [InlineData(300, 20, 20, null)]
    [InlineData(40, 30, 30, null)]
    public void A_list_that_was_cut_says_how_many_of_ones_own_it_had(int all, int own, int kept, int? total)
    {
        var part = Of(all, [.. Uuids(all).Take(own).Select(uuid => (uuid, (string?)null))]);

        var about = part.Details!["object"]!;
        Assert.Equal(kept, about["meeting_uuids"]!.AsArray().Count);
        Assert.Equal(total, (int?)about["meeting_uuids_total"]);
        Assert.Contains($"of {own} meetings to the trash", AuditSentence.Of(part), StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_that_was_cut_is_told_whole_also_where_nobody_knows_whose_it_is() =>
        Assert.Contains("of 300 meetings to the trash", AuditSentence.Of(Event(300)), StringComparison.Ordinal);

    private static AuditEvent Of(int all, IReadOnlyList<(string Uuid, string? Number)> own) => SeveralMeetings.Only(Event(all), own);

    private static AuditEvent Event(int all) => ZoomSamples.EventOf(new JsonObject
    {
        ["event"] = "recording.batch_trashed",
        ["payload"] = new JsonObject { ["object"] = new JsonObject { ["meeting_uuids"] = new JsonArray([.. Uuids(all).Select(uuid => JsonValue.Create(uuid))]) } },
    });

    /// <summary>"a", "b", ... and on.</summary>
    private static IEnumerable<string> Uuids(int count) => Enumerable.Range(0, count).Select(number => number < 26 ? $"{(char)('a' + number)}" : $"uuid{number}");
}
