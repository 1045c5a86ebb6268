using System.Text.Json.Nodes;
using SecureZoom.Verification;
using SecureZoom.Verification.Log;
using static SecureZoom.Functions.Tests.Audit.Vectors.VectorCase;
using static SecureZoom.Functions.Tests.Audit.Vectors.VectorTrail;

namespace SecureZoom.Functions.Tests.Audit.Vectors;

/// <summary>Trails whose first records are not there, with and without a record that says that they were let go.</summary>
internal static class CutCases
{
    private const int Behind = 12;

    private static JsonNode[] Signed => [0, 1, 2];

    public static IEnumerable<VectorCase> All =>
    [
        Case("the first records were let go on authority", 6, Authority(1, 6)) with { Cut = new TrailCut(6, 13, IsProved: true) },
        Case("the first records were let go on two authorities", 6, Authority(1, 4), Authority(13, 5, 6)) with { Cut = new TrailCut(6, 14, IsProved: true) },
        Case("fewer records are gone than were let go", 4, Authority(1, 6)) with { Cut = new TrailCut(4, 13, IsProved: true) },
        new("the authority of a cut waits for its checkpoint", [.. Clean(6, Behind), Text(Authority(1, 6))], Signed, 7, 12) { Before = TreeOf(6), IsFromBeginning = true, Cut = new TrailCut(6, 13, IsProved: false) },
        new("the first records are gone without a record", Clean(6, Behind), Signed, 6, 12, "missing 1") { Before = TreeOf(6), IsFromBeginning = true, Cut = new TrailCut(6, By: null, IsProved: false) },
        new("a part of a trail needs no authority", [.. Clean(6, Behind), Text(Authority(1, 4))], [.. Signed, Text(Over(Authority(1, 4)))], 7, 13) { Before = TreeOf(6) },
        Wrong("more records are gone than were let go", "missing 5", Authority(1, 4)),
        Wrong("an authority of a cut names no first record", "missing 1", Authority(0, 6)),
        Wrong("an authority of a cut ends before it begins", "missing 1", Authority(7, 6)),
        Wrong("an authority of a cut names itself", "missing 1", Authority(1, 13)),
        Wrong("Zoom tells of an event that is called as a cut is", "missing 1", Authority(Behind, 1, 6, deed => deed["source"] = "zoom")),
        Wrong("a cut was refused", "missing 1", Authority(Behind, 1, 6, deed => deed["outcome"] = "denied")),
        new("an authority of a cut is forged in a record's place", [6, Text(Lines[7] with { Record = Authority(7, 1, 6).Record }), .. Clean(8, Behind)], Signed, 6, 12, "missing 1", "changed 8") { Before = TreeOf(6), IsFromBeginning = true, Cut = new TrailCut(6, By: null, IsProved: false) },
        new("the tree of what was let go is another one", [.. Clean(6, Behind), Text(Authority(1, 6))], [.. Signed, Text(Over(Authority(1, 6)))], 7, null, "changed 7")
        {
            Before = TreeOf(Lines.Skip(1).Take(6)), IsFromBeginning = true, Cut = new TrailCut(6, 13, IsProved: false),
        },
    ];

    private static VectorCase Case(string name, int gone, params RecordLine[] behind) =>
        new(name, [.. Clean(gone, Behind), .. behind.Select(Text)], [.. Signed, Text(Over(behind))], Behind - gone + behind.Length, Behind + behind.Length)
        {
            Before = TreeOf(gone),
            IsFromBeginning = true,
        };

    private static VectorCase Wrong(string name, string problem, RecordLine behind) =>
        Case(name, 6, behind) with { Problems = [problem], Cut = new TrailCut(6, By: null, IsProved: false) };

    private static CheckpointFile Over(params RecordLine[] behind) => Checkpoint(TreeOf([.. Lines.Take(Behind), .. behind]).Head, 4, 260 + (20 * behind.Length));

    private static RecordLine Authority(long first, long last) => Authority(Behind, first, last);

    internal static RecordLine Authority(int index, long first, long last, Action<JsonObject>? change = null) => Line(index, deed =>
    {
        deed["action"] = CutAuthority.Action;
        deed["target"] = new JsonObject { ["type"] = "audit" };
        deed["details"] = new JsonObject { ["first"] = first, ["last"] = last };
        change?.Invoke(deed);
    });
}
