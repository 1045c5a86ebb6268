using System.Text.Json.Nodes;
using SecureZoom.Verification.Log;
using static SecureZoom.Functions.Tests.Audit.Vectors.VectorCase;
using static SecureZoom.Functions.Tests.Audit.Vectors.VectorTrail;

namespace SecureZoom.Functions.Tests.Audit.Vectors;

/// <summary>Trails in which nothing is wrong, and those whose records are not as they were.</summary>
internal static class RecordCases
{
    private const string Long = "2025-11-25T15:46:40Z";

    private static JsonNode[] Signed => [0, 1, 2];

    private static JsonNode[] Whole => Clean(0, 12);

    public static IEnumerable<VectorCase> All => [.. Right, .. Changed, .. Moved, .. Odd, .. Waiting];

    private static VectorCase[] Right =>
    [
        new("signed to its end", Whole, Signed, 12, 12),
        new("the last two wait for their checkpoint", Clean(0, 14), Signed, 14, 12),
        new("signed again where nothing was new", Whole, [.. Signed, Text(Checkpoint(12, 4, 260))], 12, 12),
        new("nothing recorded", [], [], 0, null),
        new("a range from a checkpoint on", Clean(4, 12), Signed, 8, 12) { Before = TreeOf(4) },
        new("a range from between two checkpoints", Clean(5, 12), Signed, 7, 12) { Before = TreeOf(5) },
        new("a range from behind the last checkpoint", Clean(13, 14), Signed, 1, null) { Before = TreeOf(13) },
        new("signed to its end, by the note's key alone", Whole, Signed, 12, 12) { Now = Long, Trusted = [Vkey] },
        new("looked at long after it was exported", Clean(0, 14), Signed, 14, 12) { Now = Long },
        new("a record alone waits, after a quiet day", [.. Whole, Late(12, "2025-11-25T12:00:00+00:00")], Signed, 13, 12) { Now = "2025-11-25T12:01:00Z" },
    ];

    private static VectorCase[] Changed =>
    [
        new("a deed is another one", With(5, Text(Edit(Lines[5], "success", "denied"))), Signed, 12, 12, "changed 6"),
        new("a deed is another one, and its leaf with it", With(5, Text(Denied)), Signed, 12, 4, "changed 5"),
        new("a person is another one", With(5, Text(OtherParts(5, parts => [Replace(parts[0], "Bob", "Eve"), parts[1]]))), Signed, 12, 12, "changed 6"),
        new("a text is another one", With(5, Text(OtherParts(5, parts => [parts[0], Replace(parts[1], "Bob", "Eve")]))), Signed, 12, 12, "changed 6"),
        new("a text has changed places with a person", With(5, Text(OtherParts(5, parts => [parts[1], parts[0]]))), Signed, 12, 12, "changed 6"),
        new("a person is left out", With(4, Text(LeftOut)), Signed, 12, 12, "changed 5"),
        new("two people have changed places", With(4, Text(OtherParts(4, parts => [parts[1], parts[0]]))), Signed, 12, 12, "changed 5"),
        new("a salt is another one", With(6, Text(Lines[6] with { Record = Lines[6].Record with { Salt = Hash("another salt") } })), Signed, 12, 12, "changed 7"),
        new("a leaf is another one", With(6, Text(Lines[6] with { Leaf = Hash("another leaf") })), Signed, 12, 4, "changed 5", "changed 7"),
        new("a record that waits is another one", [.. Clean(0, 13), Text(Edit(Lines[13], "success", "denied"))], Signed, 14, 12, "changed 14"),
        new("the whole trail is made anew from one record on", [.. Clean(0, 6), .. Enumerable.Range(6, 6).Select(Anew)], Signed, 12, 4, "changed 5"),
    ];

    private static VectorCase[] Moved =>
    [
        new("a record is gone", [.. Clean(0, 5), .. Clean(6, 12)], Signed, 11, 4, "changed 5", "missing 6"),
        new("a record is gone, and those behind it say other places", [.. Clean(0, 5), .. Enumerable.Range(5, 7).Select(At)], Signed, 12, 4, "changed 5"),
        new("the beginning is gone", Clean(2, 12), Signed, 10, null, "missing 1", "changed 1"),
        new("the end is gone", Clean(0, 10), Signed, 10, 8, "missing 11"),
        new("all records are gone", [], Signed, 0, null, "missing 1"),
        new("two records have changed places", [.. Clean(0, 5), 6, 5, .. Clean(7, 12)], Signed, 12, 4, "changed 5", "missing 6", "misplaced 8"),
        new("a record stands there twice", [.. Clean(0, 6), 5, .. Clean(6, 12)], Signed, 13, 4, "changed 5", "misplaced 7"),
        new("an event was recorded twice", [.. Whole, Text(Line(12, deed => deed["id"] = IdOf(3)))], Signed, 13, 12, "twice 13"),
        new("a record is another log's", With(5, Text(Line(5, deed => deed["log"] = AnotherLog))), Signed, 12, 4, "changed 5", "misplaced 6"),
        new("a record behind the last checkpoint is another log's", [.. Whole, Text(Line(12, deed => deed["log"] = AnotherLog))], Signed, 13, 12, "misplaced 13"),
        new("a record is of a version that is not known", [.. Whole, Text(Line(12, deed => deed["v"] = 2))], Signed, 13, 12, "misplaced 13"),
        new("the edge before a range is another one", Clean(5, 12), Signed, 7, null, "changed 6") { Before = TreeOf(Lines.Skip(1).Take(5)) },
    ];

    private static VectorCase[] Odd =>
    [
        new("a deed is no JSON", [.. Whole, Text(Commit(Lines[12].Record with { Deed = "{\"v\":1,\"log\":}"u8.ToArray() }))], Signed, 13, 12, "unreadable 13"),
        new("a time runs back", [.. Whole, Late(12, "2025-11-24T12:03:59.9999999+00:00")], Signed, 13, 12, "time 13"),
        new("a time runs back by less than a clock of milliseconds tells", [.. Whole, Late(12, "2025-11-24T13:04:00.000001+01:00")], Signed, 13, 12, "time 13"),
        new("a time is yet to come", [.. Whole, Late(12, "2031-01-01T00:00:00+00:00")], Signed, 13, 12, "time 13"),
        Unreadable("a line is no JSON", _ => "rubbish"),
        Unreadable("a line is empty", _ => ""),
        Unreadable("a line is cut short", line => line[..(line.Length / 2)]),
        Unreadable("a line is a record as pages show it", _ =>
            """{"sequence":6,"id":"","action":"record.unreadable","sentence":"This record cannot be read: it is not as it was written."}"""),
        Unreadable("a member behind the record says another outcome", line => $"{line[..^1]},\"outcome\":\"denied\"}}"),
        Unreadable("a member between parts and salts says another outcome", Put("\"outcome\":\"denied\",\"salts\"", "\"salts\"")),
        Unreadable("a person more, whom the lengths leave out", Put("},{\"name\":\"Mallory\"}],\"salts\"", "}],\"salts\"")),
        Unreadable("lengths lie", line => line.Replace($"\"lengths\":[{Length}", $"\"lengths\":[{Length - 1}", StringComparison.Ordinal)),
        Unreadable("lengths are less than nothing", line => line.Replace($"\"lengths\":[{Length}", "\"lengths\":[-1", StringComparison.Ordinal)),
        Unreadable("a salt is too short", line => line.Replace(Salt(Lines[5].Record.Salt), Salt(Lines[5].Record.Salt[..31]), StringComparison.Ordinal)),
        Unreadable("a blank stands between members", Put(" \"leaf\"", "\"leaf\"")),
        Unreadable("a part is withheld without its commitment", WithheldPart(line => line.Replace(Commitment, "", StringComparison.Ordinal))),
        Unreadable("a commitment is null", WithheldPart(line => line.Replace(Commitment, ",\"withheld\":[null]", StringComparison.Ordinal))),
        Unreadable("a commitment more than parts that are withheld", WithheldPart(line => line.Replace("\"withheld\":[", $"\"withheld\":[\"{Salt(Hash("more"))}\",", StringComparison.Ordinal))),
        Unreadable("a part is withheld and there all the same", WithheldPart(line => line.Replace("null],\"salts\"", "1234],\"salts\"", StringComparison.Ordinal))),
        Unreadable("the deed's salt is withheld", line => line.Replace($"\"{Salt(Lines[5].Record.Salt)}\"", "null", StringComparison.Ordinal)),
        Unreadable("nothing is withheld, and it says so", Put("],\"withheld\":[],\"sentence\"", "],\"sentence\"")),
    ];

    private static VectorCase[] Waiting =>
    [
        new("nobody signs any more, and records come in", [.. Clean(0, 14), Late(14, "2025-11-24T12:20:00+00:00")], Signed, 15, 12, "not_signed") { Now = "2025-11-24T12:20:10Z" },
        new("nobody signs any more, and no record comes in", [.. Clean(0, 13), Late(13, "2025-11-24T12:20:00+00:00")], Signed, 14, 12, "not_signed") { Now = Long },
        new("the last checkpoint is gone", Whole, [0], 12, 4, "not_signed") { Now = Long, Trusted = [Vkey] },
        new("all checkpoints are gone", Whole, [], 12, null, "not_signed") { Now = Long },
    ];

    public static RecordLine Denied => Commit(Edit(Lines[5], "success", "denied").Record);

    private static int Length => Lines[5].Record.Deed.Length;

    private static RecordLine LeftOut => Lines[4] with
    {
        Record = Lines[4].Record with { Parts = [Lines[4].Record.Parts[0]] },
    };

    private static RecordLine Topicless => OtherParts(5, parts => [parts[0], parts[1].Withhold()]);

    private static string Commitment => $",\"withheld\":[\"{Salt(Lines[5].Record.Parts[1].Commitment)}\"]";

    /// <summary>Changes the line of a record whose topic is withheld.</summary>
    private static Func<string, string> WithheldPart(Func<string, string> change) => _ => change((string)Text(Topicless)!);

    private static RecordLine OtherParts(int index, Func<IReadOnlyList<RecordPart>, IReadOnlyList<RecordPart>> change) =>
        Lines[index] with { Record = Lines[index].Record with { Parts = change(Lines[index].Record.Parts) } };

    private static JsonNode Anew(int index) =>
        Text(Commit(Salted(Lines[index].Record, part => $"new salt {index} {part}")));

    /// <summary>The record behind, in this one's place.</summary>
    private static JsonNode At(int index) => Text(Line(index, deed => deed["id"] = IdOf(index + 1)));

    private static JsonNode Late(int index, string recordedAt) => Text(Line(index, deed => deed["recordedAt"] = recordedAt));

    private static string IdOf(int index) => Convert.ToHexStringLower(Hash($"event {index}"))[..32];

    private static VectorCase Unreadable(string name, Func<string, string> change) =>
        new(name, With(5, JsonValue.Create(change((string)Text(Lines[5])!))), Signed, 12, 4, "changed 5", "unreadable 6");

    private static Func<string, string> Put(string there, string place) => line => line.Replace(place, there, StringComparison.Ordinal);

    private static string Salt(byte[] salt) => Convert.ToBase64String(salt);
}
