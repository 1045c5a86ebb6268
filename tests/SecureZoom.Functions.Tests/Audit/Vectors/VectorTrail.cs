using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SecureZoom.Verification;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Tests.Audit.Vectors;

/// <summary>The clean trail that the cases of <c>trails.json</c> vary: the same salts and keys whenever it is made.</summary>
internal static class VectorTrail
{
    public const string Origin = "audit.example";

    /// <summary>As a deployment of this origin calls the log of the organisation.</summary>
    public const string Log = "audit.example/16ac8bcbacf8b57939bd3ed4364930ee";

    public const string AnotherLog = "audit.example/000000";
    public const string CheckpointType = "audit-checkpoint";
    public const int Count = 14;

    public const string Organization = "org_acme";

    private const string Sentence = "Somebody \"created\" [a] meeting.";

    private static readonly DateTimeOffset Start = new(2025, 11, 24, 12, 0, 20, TimeSpan.Zero);
    private static readonly string[] Names = ["Ann Ägren", "Bob", "Carol 🎉", "Dan"];

    public static ECDsa Key { get; } = KeyOf("time");

    public static ECDsa StrangerKey { get; } = KeyOf("stranger's time");

    public static NoteSigner NoteKey { get; } = new(Origin, Hash("note"));

    public static NoteSigner StrangerNoteKey { get; } = new(Origin, Hash("stranger's note"));

    public static string Fingerprint { get; } = PublicKey.Of(Key).Thumbprint;

    public static string Vkey { get; } = NoteKey.Key.ToString();

    public static IReadOnlyList<RecordLine> Lines { get; } = [.. Enumerable.Range(0, Count).Select(index => Line(index))];

    public static IReadOnlyList<CheckpointFile> Checkpoints { get; } = [Checkpoint(4, 1, 70), Checkpoint(8, 2, 155), Checkpoint(12, 3, 230)];

    /// <param name="change">Of the deed before it is committed to.</param>
    public static RecordLine Line(int index, Action<JsonObject>? change = null)
    {
        var recordedAt = Start.AddSeconds(20 * index).AddTicks(index);
        var deed = new JsonObject
        {
            ["v"] = 1,
            ["log"] = Log,
            ["index"] = index,
            ["id"] = Convert.ToHexStringLower(Hash($"event {index}"))[..32],
            ["occurredAt"] = Start.AddSeconds((20 * index) - 1),
            ["recordedAt"] = recordedAt,
            ["organization"] = Organization,
            ["actor"] = new JsonObject { ["type"] = "user", ["person"] = 0 },
            ["action"] = "meeting.created",
            ["target"] = HasTopic(index)
                ? new JsonObject { ["type"] = "meeting", ["name"] = new JsonObject { ["text"] = 1 } }
                : new JsonObject { ["type"] = "meeting" },
            ["outcome"] = "success",
            ["source"] = "app",
        };
        change?.Invoke(deed);
        var people = (index % 5) switch { 3 => 0, 4 => 2, _ => 1 };
        var parts = Enumerable.Range(index, people).Select(number => Person(number % Names.Length)).ToList();
        if (HasTopic(index))
        {
            parts.Add(Utf8(Json(new JsonObject { ["text"] = $"{Names[index % Names.Length]}'s Zoom Meeting" })));
        }

        return Commit(Salted(LogRecord.Of(Utf8(Json(deed)), parts), part => $"salt {index} {part}"));
    }

    /// <summary>The line of a record in which words of the deed are others, with the leaf that it had.</summary>
    public static RecordLine Edit(RecordLine line, string was, string becomes) =>
        line with { Record = line.Record with { Deed = Replace(line.Record.Deed, was, becomes) } };

    public static RecordLine Commit(LogRecord record) => new(record, record.LeafHash());

    /// <summary>The record under salts that are always the same.</summary>
    /// <param name="name">Of a salt: the deed's is 0, then one for each part.</param>
    public static LogRecord Salted(LogRecord record, Func<int, string> name) => record with
    {
        Salt = Hash(name(0)),
        Parts = [.. record.Parts.Select((part, number) => RecordPart.Of(part.Bytes, Hash(name(number + 1))))],
    };

    public static RecordPart Replace(RecordPart part, string was, string becomes) => RecordPart.Of(Replace(part.Bytes, was, becomes), part.Salt);

    public static ReadOnlyMemory<byte> Replace(ReadOnlyMemory<byte> part, string was, string becomes)
    {
        var text = Encoding.UTF8.GetString(part.Span);
        return text.Contains(was, StringComparison.Ordinal) ? Utf8(text.Replace(was, becomes, StringComparison.Ordinal)) : throw new ArgumentException(was);
    }

    public static JsonNode Text(RecordLine line) => JsonValue.Create(Encoding.UTF8.GetString(line.ToBytes(Sentence)));

    public static TreeEdge TreeOf(IEnumerable<RecordLine> lines) => lines.Aggregate(TreeEdge.Empty, (edge, line) => edge.Append(line.Leaf));

    /// <summary>The tree of the clean trail's first records.</summary>
    public static TreeEdge TreeOf(int size) => TreeOf(Lines.Take(size));

    public static CheckpointFile Checkpoint(int size, long number, int seconds) => Checkpoint(TreeOf(size).Head, number, seconds);

    /// <param name="seconds">When it is signed, behind the first record's time.</param>
    public static CheckpointFile Checkpoint(
        TreeHead head, long number, int seconds, string log = Log, NoteSigner? noteKey = null, ECDsa? key = null)
    {
        var text = new LogCheckpoint(log, head).Text;
        return new CheckpointFile(
            SignedNote.Of(text, (noteKey ?? NoteKey).Sign(text)).ToString(),
            CheckpointJws.Sign(text, Organization, number, Start.AddSeconds(seconds), key ?? Key));
    }

    /// <summary>A checkpoint of the whole trail whose JWS says something else in its header.</summary>
    public static CheckpointFile Checkpoint(Func<JwsHeader, JwsHeader> say, string type = CheckpointType)
    {
        var genuine = Checkpoints[2];
        return genuine with
        {
            Jws = DetachedJws.Sign(type, genuine.Text, Key, head => say(head with
            {
                Time = Start.AddSeconds(230).ToUnixTimeSeconds(),
                Organization = Organization,
                Number = 3,
            })),
        };
    }

    public static JsonNode Text(CheckpointFile file) => new JsonObject { ["note"] = file.Note, ["jws"] = file.Jws };

    public static byte[] Hash(string what) => SHA256.HashData(Utf8($"SecureZoom vectors: {what}"));

    /// <summary>Every fifth has one, behind the person in it.</summary>
    private static bool HasTopic(int index) => index % 5 == 0;

    private static ReadOnlyMemory<byte> Person(int number) => Utf8(Json(new JsonObject
    {
        ["person"] = string.Create(CultureInfo.InvariantCulture, $"p{number}@acme.example"),
        ["name"] = Names[number],
    }));

    private static ECDsa KeyOf(string what) => ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = Hash(what) });

    private static string Json(JsonNode node) => node.ToJsonString(VectorFile.Plain);

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
