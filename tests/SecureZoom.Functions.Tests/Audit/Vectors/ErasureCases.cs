using System.Text.Json.Nodes;
using SecureZoom.Verification;
using SecureZoom.Verification.Log;
using static SecureZoom.Functions.Tests.Audit.Vectors.VectorCase;
using static SecureZoom.Functions.Tests.Audit.Vectors.VectorTrail;

namespace SecureZoom.Functions.Tests.Audit.Vectors;

/// <summary>Trails of which parts were destroyed, with and without a record that says that they were to be.</summary>
internal static class ErasureCases
{
    private const int Behind = 12;

    private static readonly ErasedParts[] Both = [new(0, [2, 2, 6, 6]), new(1, [6, 6])];

    private static readonly ErasedParts Early = new(0, [15, 15]);

    private static JsonNode[] Signed => [0, 1, 2];

    /// <summary>Ann of the second record, Bob and his topic of the sixth are gone.</summary>
    private static JsonNode[] Erased => [0, Text(Without(1, 0)), .. Clean(2, 5), Text(Without(5, 0, 1)), .. Clean(6, Behind)];

    public static IEnumerable<VectorCase> All =>
    [
        Case("three parts of two records are erased on authority", Authority(Both)) with { Erased = By(3, 2, 13) },
        Case("parts are erased on two authorities", Authority(new ErasedParts(0, [2, 2])), Authority(13, new ErasedParts(0, [6, 6]), new ErasedParts(1, [6, 6]))) with { Erased = By(3, 2, 13, 14) },
        Case("an authority names parts that others have named, and more", Authority(Both), Authority(13, new ErasedParts(0, [1, 9]), new ErasedParts(1, [1, 9]))) with { Erased = By(3, 2, 13) },
        Case("an authority names parts that are still there", Authority(new ErasedParts(0, [1, 12]), new ErasedParts(1, [1, 12]))) with { Erased = By(3, 2, 13) },
        new("a range whose authority is in it", [Text(Without(5, 0, 1)), .. Clean(6, Behind), Text(Authority(Both))], [.. Signed, Text(Over(Authority(Both)))], 8, 13) { Before = TreeOf(5), Erased = By(2, 1, 13) },
        new("the authority waits for its checkpoint", [.. Erased, Text(Authority(Both))], Signed, 13, 12) { Erased = By(3, 2, 13) with { Unproved = 3 } },
        new("parts are erased without authority", Erased, Signed, 12, 12, "erased_without_record 2", "erased_without_record 6") { Erased = By(0, 0) with { Unexplained = 3 } },
        new("a part of a record that waits is erased without authority", [.. Clean(0, Behind), Text(Without(12, 0))], Signed, 13, 12, "erased_without_record 13") { Erased = By(0, 0) with { Unexplained = 1 } },
        Case("the authority stands in front of the record", [.. Clean(0, 13), Text(Authority(13, Early)), Text(Without(Line(14), 0))], [Lines[12], Authority(13, Early), Line(14)], "erased_without_record 15") with { Erased = By(0, 0) with { Unexplained = 1 } },
        Case("the authority names itself", [.. Clean(0, Behind), Text(Without(Authority(new ErasedParts(0, [13, 13])), 0))], [Authority(new ErasedParts(0, [13, 13]))], "erased_without_record 13") with { Erased = By(0, 0) with { Unexplained = 1 } },
        Case("the authority names another part", Authority(new ErasedParts(0, [2, 2, 6, 6])), "erased_without_record 6") with { Erased = By(2, 2, 13) with { Unexplained = 1 } },
        Case("the authority names another record", Authority(new ErasedParts(0, [2, 2, 5, 5]), new ErasedParts(1, [5, 5])), "erased_without_record 6") with { Erased = By(1, 1, 13) with { Unexplained = 2 } },
        Case("another person's part is erased under cover of an authority", [.. Clean(0, 4), Text(Without(4, 0, 1)), .. Clean(5, Behind), Text(Authority(new ErasedParts(0, [5, 5])))], [Authority(new ErasedParts(0, [5, 5]))], "erased_without_record 5") with { Erased = By(1, 1, 13) with { Unexplained = 1 } },
        Case("an authority's part is null", Authority(deed => deed["details"]!["parts"] = new JsonArray(null, null), Both), "erased_without_record 2", "erased_without_record 6") with { Erased = By(0, 0) with { Unexplained = 3 } },
        new("an authority is forged in a record's place", [.. Erased.Take(7), Text(Lines[7] with { Record = Authority(7, Both).Record }), .. Clean(8, Behind)], Signed, 12, 12, "erased_without_record 2", "erased_without_record 6", "changed 8") { Erased = By(0, 0) with { Unexplained = 3 } },
        new("an authority is forged in a record's place, and its leaf with it", [.. Erased.Take(7), Text(Authority(7, Both)), .. Clean(8, Behind)], Signed, 12, 4, "changed 5") { Erased = By(3, 2, 8) with { Unproved = 3 } },
        Case("the authority is another log's", Authority(deed => deed["log"] = AnotherLog, Both), "erased_without_record 2", "erased_without_record 6", "misplaced 13") with { Erased = By(0, 0) with { Unexplained = 3 } },
        Case("Zoom tells of an event that is called as an authority is", Authority(deed => deed["source"] = "zoom", Both), "erased_without_record 2", "erased_without_record 6") with { Erased = By(0, 0) with { Unexplained = 3 } },
        Case("an erasure was refused", Authority(deed => deed["outcome"] = "denied", Both), "erased_without_record 2", "erased_without_record 6") with { Erased = By(0, 0) with { Unexplained = 3 } },
        Case("an authority's runs do not grow", Authority(new ErasedParts(0, [6, 6, 2, 2]), new ErasedParts(1, [6, 6])), "erased_without_record 2", "erased_without_record 6") with { Erased = By(0, 0) with { Unexplained = 3 } },
        Case("an authority's last run has no end", Authority(new ErasedParts(0, [2]), new ErasedParts(1, [6, 6])), "erased_without_record 2", "erased_without_record 6") with { Erased = By(0, 0) with { Unexplained = 3 } },
    ];

    private static TrailErasures By(long parts, long records, params long[] authorities) =>
        new(parts, records, [.. authorities.Select(sequence => new TrailErasure(sequence, 0, 0))]);

    /// <summary>The erased trail with records behind it, signed to its end.</summary>
    private static VectorCase Case(string name, params RecordLine[] behind) => Case(name, [.. Erased, .. behind.Select(Text)], behind);

    private static VectorCase Case(string name, RecordLine behind, params string[] problems) => Case(name, [.. Erased, Text(behind)], [behind], problems);

    private static VectorCase Case(string name, JsonNode[] lines, RecordLine[] behind, params string[] problems) =>
        new(name, lines, [.. Signed, Text(Over(behind))], lines.Length, lines.Length, problems);

    internal static CheckpointFile Over(params RecordLine[] behind) => Checkpoint(TreeOf([.. Lines.Take(Behind), .. behind]).Head, 4, 260 + (20 * behind.Length));

    internal static RecordLine Authority(params ErasedParts[] parts) => Authority(Behind, parts);

    internal static RecordLine Authority(int index, params ErasedParts[] parts) => Authority(_ => { }, parts, index);

    private static RecordLine Authority(Action<JsonObject> change, ErasedParts[] parts, int index = Behind) => Line(index, deed =>
    {
        deed["action"] = ErasureAuthority.Action;
        deed["target"] = new JsonObject { ["type"] = "audit" };
        deed["details"] = new JsonObject
        {
            ["parts"] = new JsonArray([.. parts.Select(one => new JsonObject
            {
                ["part"] = one.Part,
                ["records"] = new JsonArray([.. one.Records.Select(sequence => JsonValue.Create(sequence))]),
            })]),
        };
        change(deed);
    });

    private static RecordLine Without(int index, params int[] parts) => Without(Lines[index], parts);

    internal static RecordLine Without(RecordLine line, params int[] parts) => line with
    {
        Record = line.Record with { Parts = [.. line.Record.Parts.Select((part, number) => parts.Contains(number) ? part.Withhold() : part)] },
    };
}
