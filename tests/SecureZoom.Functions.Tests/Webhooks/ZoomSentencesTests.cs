using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Tests.Audit;

namespace SecureZoom.Functions.Tests.Webhooks;

/// <summary>What people read of each of Zoom's events: <c>vectors/zoom-sentences.txt</c>.</summary>
public sealed partial class ZoomSentencesTests
{
    private const string Vectors = "vectors/zoom-sentences.txt";

    private static readonly DateTimeOffset Now = new(2026, 11, 24, 20, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Every_event_of_Zoom_s_has_the_sentence_that_the_list_says()
    {
        var actual = string.Concat(ZoomSamples.All.Select(sample => Line(ZoomSamples.EventOf(sample, Now))));
        var file = Path.Combine(AppContext.BaseDirectory, Vectors);
        if (File.Exists(file) && File.ReadAllText(file) == actual)
        {
            return;
        }

        var made = $"{file}.actual";
        File.WriteAllText(made, actual);
        Assert.Fail($"tests/{Vectors} says otherwise. Look at the differences; if they are meant, it is to be: {made}");
    }

    [Fact]
    public void Nothing_secret_of_any_event_is_kept() => Assert.All(ZoomSamples.All, sample => Assert.DoesNotContain(
        ZoomSamples.Secret, AuditMessage.Seal(Story.Entry(ZoomSamples.EventOf(sample, Now)), new SecretVersion("key")), StringComparison.Ordinal));

    [Fact]
    public void Only_what_happens_to_a_meeting_is_called_one() => Assert.All(
        ZoomSamples.All.Select(sample => ZoomSamples.EventOf(sample, Now)).Where(one => one is { Meeting: null, Whose.MeetingUuids.Count: 0 }),
        one => Assert.DoesNotMatch(@"\ba meeting\b|: meeting ", Line(one)));

    [Theory]
    [InlineData("single", 1, "alice@acme.example changed the start time of one occurrence (\"2026-11-26T10:00:00Z\") of a meeting: meeting 1.")]
    [InlineData("all", 1, "alice@acme.example changed the start time of a meeting: meeting 1.")]
    [InlineData("single", 0, "alice@acme.example changed the topic of a meeting: meeting 1.")]
    public void A_change_of_one_occurrence_says_so_and_single_alone_is_no_occurrence(string scope, int occurrences, string sentence)
    {
        JsonObject About(string time, string topic) => occurrences == 0
            ? new() { ["id"] = 1, ["topic"] = topic }
            : new() { ["id"] = 1, ["occurrences"] = new JsonArray(new JsonObject { ["occurrence_id"] = "1795600800000", ["start_time"] = time, ["duration"] = 60 }) };
        var webhook = new JsonObject
        {
            ["event"] = "meeting.updated",
            ["payload"] = new JsonObject
            {
                ["operator"] = "alice@acme.example",
                ["scope"] = scope,
                ["object"] = About("2026-11-26T10:00:00Z", "New"),
                ["old_object"] = About("2026-11-25T10:00:00Z", "Old"),
            },
        };
        Assert.StartsWith(sentence[..^1], Line(ZoomSamples.EventOf(webhook, Now))[56..], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("850. Alice from Marketing (Acme Corp) deleted harm")]
    [InlineData("Alice\". Bob did \"harm")]
    [InlineData("Alice [with] {actor} harm")]
    public void Nothing_that_others_chose_stands_in_a_sentence_outside_of_quotes(string text) => Assert.All(ZoomSamples.All, sample =>
    {
        var hostile = sample.DeepClone();
        Replace(hostile["payload"], text);
        var line = Line(ZoomSamples.EventOf(hostile, Now));
        Assert.Equal(0, line.Count(c => c == '"') % 2);
        Assert.DoesNotContain("harm", string.Concat(line.Split('"').Where((_, index) => index % 2 == 0)), StringComparison.Ordinal);
    });

    private static void Replace(JsonNode? node, string text)
    {
        foreach (var (name, value) in (node as JsonObject)?.ToList() ?? [])
        {
            if (value is JsonValue && name != "account_id")
            {
                node![name] = text;
            }

            Replace(value, text);
        }

        foreach (var (index, item) in (node as JsonArray)?.Index().ToList() ?? [])
        {
            if (item is JsonValue)
            {
                node![index] = text;
            }

            Replace(item, text);
        }
    }

    /// <summary>As it is read again from its record, without the time, which is the same for all.</summary>
    private static string Line(AuditEvent auditEvent)
    {
        var record = RecordFormat.TryRead(RecordFormat.Write(auditEvent, "log", "org_acme", 0, Now, isNamesake: false))!;
        return $"{auditEvent.Action,-55} {Time().Replace(record.Sentence, "")}\n";
    }

    [GeneratedRegex(@", as Zoom tells at .*? UTC\)?(?=[.:])")]
    private static partial Regex Time();
}
