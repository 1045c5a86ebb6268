using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SecureZoom.Verification;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Tests.Audit.Vectors;

/// <summary>A trail for verifiers to judge, and what they must say of it.</summary>
/// <param name="Lines">Numbers stand for the clean trail's.</param>
/// <param name="Checkpoints">Numbers stand for the clean trail's.</param>
internal sealed record VectorCase(string Name, JsonNode[] Lines, JsonNode[] Checkpoints, long Records, long? CoveredTo, params string[] Problems)
{
    public string Now { get; init; } = "2025-11-24T12:05:00Z";

    public string[] Trusted { get; init; } = [VectorTrail.Fingerprint];

    public TreeEdge Before { get; init; } = TreeEdge.Empty;

    public bool IsFromBeginning { get; init; }

    public TrailCut? Cut { get; init; }

    public TrailErasures Erased { get; init; } = TrailErasures.None;

    public DateTimeOffset Time => DateTimeOffset.Parse(Now, CultureInfo.InvariantCulture);

    /// <summary>What must be found.</summary>
    public IReadOnlyCollection<string> Codes => Problems.Select(problem => problem.Split(' ')[0]).ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether nothing is wrong with it and nothing waits.</summary>
    public bool IsProved => Problems.Length == 0 && CoveredTo == Before.Size + Records && Erased is { Unproved: 0, Unexplained: 0 } && Cut?.IsProved is not false;

    public IEnumerable<string> LineTexts => Lines.Select(line => (string)(IndexOf(line) is { } index ? VectorTrail.Text(VectorTrail.Lines[index]) : line)!);

    /// <summary>The lines as records; null for what is none.</summary>
    public IEnumerable<RecordLine?> RecordLines => LineTexts.Select(text => RecordLine.TryRead(Encoding.UTF8.GetBytes(text), out var line) ? line : null);

    public IEnumerable<CheckpointFile> CheckpointFiles => Checkpoints.Select(file =>
        IndexOf(file) is { } index ? VectorTrail.Checkpoints[index] : new CheckpointFile((string)file["note"]!, (string)file["jws"]!));

    /// <param name="line">Takes the place of the clean trail's at its index, or stands behind them.</param>
    public static JsonNode[] With(int index, JsonNode line) => [.. Clean(0, index), line, .. Clean(index + 1, 12)];

    public static JsonNode[] Clean(int from, int to) => [.. Enumerable.Range(from, Math.Max(0, to - from)).Select(index => JsonValue.Create(index))];

    public JsonObject ToJson()
    {
        var json = Json();
        if (IsFromBeginning)
        {
            json["isFromBeginning"] = true;
        }

        if (Cut is not null)
        {
            json["expected"]!["cut"] = CutJson(Cut);
        }

        return json;
    }

    public static JsonObject CutJson(TrailCut cut) => new() { ["last"] = cut.Last, ["by"] = cut.By, ["isProved"] = cut.IsProved };

    public JsonObject BeforeJson() => new() { ["size"] = Before.Size, ["edge"] = Convert.ToBase64String(Before.ToBytes()) };

    private static int? IndexOf(JsonNode node) => node.GetValueKind() == JsonValueKind.Number ? (int)node : null;

    private JsonObject Json() => new()
    {
        ["name"] = Name,
        ["now"] = Now,
        ["trusted"] = new JsonArray([.. Trusted.Select(key => JsonValue.Create(key))]),
        ["before"] = BeforeJson(),
        ["lines"] = new JsonArray([.. Lines.Select(line => line.DeepClone())]),
        ["checkpoints"] = new JsonArray([.. Checkpoints.Select(checkpoint => checkpoint.DeepClone())]),
        ["expected"] = new JsonObject
        {
            ["records"] = Records,
            ["coveredTo"] = CoveredTo,
            ["problems"] = new JsonArray([.. Problems.Select(Problem)]),
            ["erased"] = ErasedJson(Erased),
        },
    };

    public static JsonObject ErasedJson(TrailErasures erased) => new()
    {
        ["parts"] = erased.Parts,
        ["records"] = erased.Records,
        ["by"] = new JsonArray([.. erased.By.Select(one => JsonValue.Create(one.Sequence))]),
        ["unproved"] = erased.Unproved,
        ["unexplained"] = erased.Unexplained,
    };

    /// <param name="text">A code, and behind a blank the sequence where there is one.</param>
    public static JsonObject Problem(string text) => text.Split(' ') is [var code, var sequence]
        ? new() { ["code"] = code, ["sequence"] = long.Parse(sequence, CultureInfo.InvariantCulture) }
        : new() { ["code"] = text, ["sequence"] = null };
}
