using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SecureZoom.Functions.Tests.Audit.Vectors;

/// <summary>
/// The vectors of our own formats are what their recipes make. After a change of a format:
/// <c>SECUREZOOM_WRITE_VECTORS=1 {the tests' program} -class "*.VectorRecipeTests"</c>, which also writes the numbers in
/// <c>docs/trail-format.md</c>.
/// </summary>
public sealed partial class VectorRecipeTests
{
    [Fact]
    public void The_trails_are_what_their_recipe_makes()
    {
        var trails = new JsonObject
        {
            ["keys"] = new JsonObject { ["fingerprint"] = VectorTrail.Fingerprint, ["vkey"] = VectorTrail.Vkey },
            ["lines"] = new JsonArray([.. VectorTrail.Lines.Select(VectorTrail.Text)]),
            ["checkpoints"] = new JsonArray([.. VectorTrail.Checkpoints.Select(VectorTrail.Text)]),
            ["trails"] = new JsonArray([.. Catalogue.All.Select(one => one.ToJson())]),
        };
        VectorFile.AssertMade("trails.json", VectorFile.Text(trails), text => JwsSignature().Replace(text, "$1"));
    }

    [Fact]
    public void The_long_trail_is_what_its_recipe_makes() => VectorFile.AssertPacked(
        "long-trail.json.gz",
        LongCase.Case.ToJson().ToJsonString(VectorFile.Plain),
        text => JwsSignature().Replace(text, "$1"));

    [Fact]
    public void The_evidence_files_are_what_their_recipe_makes() => VectorFile.AssertMade(
        "evidence.json",
        VectorFile.Text(new JsonArray([.. EvidenceCases.All.Select(one => one.ToJson())])),
        text => JwsSignature().Replace(text, "$1"));

    [Fact]
    public void The_exports_are_what_their_recipe_makes() => VectorFile.AssertMade(
        "exports.json",
        VectorFile.Text(new JsonArray([.. ExportCases.All.Select(one => one.ToJson())])),
        text => JwsSignature().Replace(text, "$1"));

    [Fact]
    public void The_example_is_what_its_recipe_makes()
    {
        var example = new ExampleRecipe();
        VectorFile.AssertMade("example/record.json", example.Record, text => text);
        VectorFile.AssertMade("example/record.tlog-proof", example.Proof, text => text);
        VectorFile.AssertMade("example/vkey", example.Vkey, text => text);
        const string Page = "../../docs/trail-format.md";
        var page = Numbers().Replace(VectorFile.Read(Page), found => $"\nleaf {example.Leaf}\nroot {example.Root}\n");
        VectorFile.AssertMade(Page, page, text => text);
    }

    [GeneratedRegex("""\nleaf [0-9a-f]{64}\nroot [0-9a-f]{64}\n""")]
    private static partial Regex Numbers();

    /// <summary>A JWS's: ECDSA signs the same text differently each time.</summary>
    [GeneratedRegex("""(jws\\?": ?\\?"[\w-]+\.[\w-]*\.)[\w-]+""")]
    private static partial Regex JwsSignature();
}
