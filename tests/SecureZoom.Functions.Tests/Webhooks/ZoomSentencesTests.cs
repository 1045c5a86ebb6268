using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Intake;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Tests.Audit;

namespace SecureZoom.Functions.Tests.Webhooks;

/// <summary>What people read of each of Zoom's events: <c>vectors/zoom-sentences.txt</c>.</summary>
public sealed partial class ZoomSentencesTests
{
    private const string Vectors = "vectors/zoom-sentences.txt";

    private static readonly DateTimeOffset Now = new(2026, 11, 24, 20, 0, 0, TimeSpan.Zero);

    /// <summary>Whom Zoom knows by the ids of the samples.</summary>
    private static readonly Dictionary<string, string> Users = new()
    {
        ["zAlice"] = "alice@acme.example",
        ["zBob"] = "bob@acme.example",
        ["zHanna"] = "hanna@acme.example",
    };

    [Fact]
    public async Task Every_event_of_Zoom_s_has_the_sentence_that_the_list_says()
    {
        var actual = string.Concat((await Task.WhenAll(ZoomSamples.All.Select(sample => NamedAsync(ZoomSamples.EventOf(sample, Now))))).Select(Line));
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

    /// <summary>As whoever finds its trail names people; nobody is asked for of what concerns the account.</summary>
    private static Task<AuditEvent> NamedAsync(AuditEvent auditEvent) => auditEvent.Whose is { IsAccounts: true }
        ? Task.FromResult(auditEvent)
        : UnnamedPeople.NameAsync(auditEvent, id => Task.FromResult(Users.GetValueOrDefault(id)));

    /// <summary>Names of events that Zoom may think of, and some that it will not.</summary>
    [Theory]
    [InlineData("calendar.s_created", "A s of a calendar was created (calendar.s_created).")]
    [InlineData("calendar.created", "A calendar was created (calendar.created).")]
    [InlineData("calendar.", "A calendar: (calendar.).")]
    [InlineData("calendar.__created", null)]
    [InlineData("calendar._", null)]
    [InlineData("node.alert", "An alert of a node was raised (node.alert).")]
    [InlineData("node.stat", "Zoom told figures of a node (node.stat).")]
    [InlineData("phone.extension_updated", "A phone extension was changed (phone.extension_updated).")]
    [InlineData("hologram.beam_me_up", "A hologram: beam me up (hologram.beam_me_up).")]
    [InlineData("hologram", "An event: sent (hologram).")]
    [InlineData("._", null)]
    [InlineData("_", null)]
    [InlineData("a|b.c_created", "Zoom sent \"a|b.c_created\".")]
    [InlineData("{actor}.[x]_created", "Zoom sent \"{actor}.[x]_created\".")]
    public void A_name_that_nobody_knows_is_told_as_far_as_its_words_go(string name, string? sentence)
    {
        foreach (var about in (JsonNode?[])[null, new JsonObject(), new JsonArray(1, "a"), JsonValue.Create("a"), new JsonObject { ["user"] = new JsonArray(), ["users"] = new JsonArray("a", 1), ["members"] = new JsonObject() }])
        {
            var line = Line(ZoomSamples.EventOf(new JsonObject { ["event"] = name, ["payload"] = new JsonObject { ["object"] = about?.DeepClone() } }, Now))[55..].Trim();
            Assert.True(line == (sentence ?? line) && line.Length > 1, line);
        }
    }

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
