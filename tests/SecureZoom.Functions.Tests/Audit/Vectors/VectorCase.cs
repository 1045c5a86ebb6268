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

    /// <param name="line">Takes the place of the clean trail's at its index, or stands behind them.</param>
    public static JsonNode[] With(int index, JsonNode line) => [.. Clean(0, index), line, .. Clean(index + 1, 12)];

    public static JsonNode[] Clean(int from, int to) => [.. Enumerable.Range(from, Math.Max(0, to - from)).Select(index => JsonValue.Create(index))];

    public JsonObject ToJson() => new()
    {
        ["name"] = Name,
        ["now"] = Now,
        ["trusted"] = new JsonArray([.. Trusted.Select(key => JsonValue.Create(key))]),
        ["before"] = new JsonObject { ["size"] = Before.Size, ["edge"] = Convert.ToBase64String(Before.ToBytes()) },
        ["lines"] = new JsonArray([.. Lines.Select(line => line.DeepClone())]),
        ["checkpoints"] = new JsonArray([.. Checkpoints.Select(checkpoint => checkpoint.DeepClone())]),
        ["expected"] = new JsonObject
        {
            ["records"] = Records,
            ["coveredTo"] = CoveredTo,
            ["problems"] = new JsonArray([.. Problems.Select(Problem)]),
        },
    };

    /// <param name="text">A code, and behind a blank the sequence where there is one.</param>
    private static JsonObject Problem(string text) => text.Split(' ') is [var code, var sequence]
        ? new() { ["code"] = code, ["sequence"] = long.Parse(sequence, System.Globalization.CultureInfo.InvariantCulture) }
        : new() { ["code"] = text, ["sequence"] = null };
}
