using System.Text;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Audit.Log;
using SecureZoom.Verification.Log;
using static SecureZoom.Functions.Tests.Audit.Vectors.ExportCase;
using static SecureZoom.Functions.Tests.Audit.Vectors.VectorTrail;

namespace SecureZoom.Functions.Tests.Audit.Vectors;

/// <summary>Exports of the clean trail as the service makes them, and those that say of themselves to have more than they have.</summary>
internal static class ExportCases
{
    /// <summary>The records that the last checkpoint covers.</summary>
    private const int Signed = 12;

    /// <summary>The eleventh record's time, but for its ticks.</summary>
    private const string Eleventh = "2025-11-24T12:03:40+00:00";

    private const string Ninth = "2025-11-24T12:03:00+00:00";

    private static readonly ReferenceTree Tree = new([.. VectorTrail.Lines.Take(Signed).Select(line => line.Leaf)]);

    public static IEnumerable<ExportCase> All => [.. Right, .. Cut, .. Ranges];

    private static ExportCase[] Right =>
    [
        new("a whole export", 0, 12, Holding(), Proved),
        new("a whole export, of which two wait for their checkpoint", 0, 14, Holding(), Waiting),
        new("an export from before the last checkpoint", 0, 8, Holding(1), Proved),
        new("what is behind a place", 8, 12, Holding(), Proved),
        new("what is behind a place, and is nothing", 12, 12, Holding(), Proved),
        new("all until a time", 0, 10, Until(10, Eleventh), Proved),
        new("all until a time from behind a place", 4, 10, Until(10, Eleventh), Proved),
        new("all from a time on", 8, 12, Since(Holding()), Proved),
        new("all from a time until another", 8, 10, Since(Until(10, Eleventh)), Proved),
    ];

    /// <summary>Whoever has the leaves can lead any beginning of the trail to the checkpoint.</summary>
    private static ExportCase[] Cut =>
    [
        new("the last records are cut", 0, 10, Leading(10), Wrong, "missing 11"),
        new("the last records are cut, and nothing leads to the checkpoint", 0, 10, Holding(), Wrong, "missing 11"),
        new("the last records are cut, and what leads to the checkpoint is another tree's", 0, 10, Leading(9), Wrong, "changed 1", "missing 11"),
        new("the last record is cut", 0, 11, Leading(11), Wrong, "missing 12"),
        new("the last records behind a place are cut", 8, 10, Leading(10), Wrong, "missing 11"),
        new("the last records from a time on are cut", 8, 10, Since(Leading(10)), Wrong, "missing 11"),
        new("all records behind a place are cut", 8, 8, Leading(8), Wrong, "missing 9"),
        new("the first records are cut, and said to be let go", 8, 12, With(Holding(), "isFromBeginning", true), Wrong, "missing 1"),
    ];

    private static ExportCase[] Ranges =>
    [
        new("a time is to explain that the last records are cut", 0, 10, With(Leading(10), "to", Eleventh), Wrong, "missing 11"),
        new("a later time is to explain that the last records are cut", 0, 10, Until(10, "2025-11-24T12:04:00+00:00"), Wrong, "missing 11"),
        new("a range ends earlier than it says, by another record's proof", 0, 10, With(Until(10, Eleventh), "behind", Beside(11)), Wrong, "missing 11"),
        new("a range begins later than it says", 8, 12, With(Since(Holding()), "from", "2025-11-24T12:02:40+00:00"), Wrong, "missing 8"),
        new("a range has nobody in front of it", 8, 12, With(Holding(), "from", Ninth), Wrong, "missing 8"),
    ];

    /// <summary>A trailer with one of the clean trail's checkpoints.</summary>
    private static JsonObject Holding(int checkpoint = 2) => new() { ["checkpoint"] = Text(Checkpoints[checkpoint]) };

    /// <summary>A trailer that leads from so many records to the last checkpoint.</summary>
    private static JsonObject Leading(int size) =>
        With(Holding(), "consistency", new JsonArray([.. Tree.ConsistencyPath(size, Signed).Select(hash => JsonValue.Create(Convert.ToBase64String(hash)))]));

    private static JsonObject Until(int size, string to) => With(With(Leading(size), "to", to), "behind", Beside(size));

    private static JsonObject Since(JsonObject trailer) => With(With(trailer, "from", Ninth), "inFront", Beside(7));

    private static JsonObject With(JsonObject trailer, string name, JsonNode value)
    {
        trailer[name] = value;
        return trailer;
    }

    /// <summary>A record that shows where a range ends, without its parts.</summary>
    private static JsonObject Beside(int index)
    {
        Assert.True(SignedNote.TryParse(Encoding.UTF8.GetBytes(Checkpoints[2].Note), out var note));
        var line = VectorTrail.Lines[index];
        return new JsonObject
        {
            ["record"] = Text(line with { Record = line.Record with { Parts = [.. line.Record.Parts.Select(part => part.Withhold())] } }),
            ["proof"] = new TlogProof(index, Tree.InclusionPath(index, Signed), note).ToString(),
        };
    }
}
