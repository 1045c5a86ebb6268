using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Audit.Vectors;
using SecureZoom.Verification;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>The verifier against the trails in <c>tests/vectors</c>, which the site's verifier has to agree with too.</summary>
public sealed class TrailVectorsTests
{
    private static readonly JsonNode Vectors =
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "vectors", "trails.json")))!;

    private static readonly Dictionary<string, JsonNode> Trails = Vectors["trails"]!.AsArray().ToDictionary(trail => (string)trail!["name"]!, trail => trail!);

    public static TheoryData<string> Names => [.. Trails.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_trail_has_its_verdict(string name)
    {
        var trail = Trails[name];
        var series = CheckpointSeries.Read(Checkpoints(trail), [.. Texts(trail["trusted"]!)]);
        var now = DateTimeOffset.Parse((string)trail["now"]!, CultureInfo.InvariantCulture);
        var verifier = new TrailVerifier(series, log: null, Before(trail["before"]!), now) { IsFromBeginning = trail["isFromBeginning"] is not null };
        foreach (var text in All(trail, "lines").Select(line => (string)line!))
        {
            verifier.Add(RecordLine.TryRead(Encoding.UTF8.GetBytes(text), out var line) ? line : null);
        }

        var verdict = verifier.Finish();
        var actual = new JsonObject
        {
            ["records"] = verdict.Records,
            ["coveredTo"] = verdict.CoveredTo?.Head.Size,
            ["problems"] = new JsonArray([.. verdict.Problems.Select(problem =>
                new JsonObject { ["code"] = problem.Code, ["sequence"] = problem.Sequence })]),
            ["erased"] = VectorCase.ErasedJson(verdict.Erased),
        };
        if (verdict.Cut is { } cut)
        {
            actual["cut"] = VectorCase.CutJson(cut);
        }

        Assert.Equal(trail["expected"]!.ToJsonString(), actual.ToJsonString());
    }

    private static IEnumerable<CheckpointFile> Checkpoints(JsonNode trail) =>
        All(trail, "checkpoints").Select(file => new CheckpointFile((string)file!["note"]!, (string)file["jws"]!));

    private static TreeEdge Before(JsonNode before)
    {
        Assert.True(TreeEdge.TryRead((long)before["size"]!, Convert.FromBase64String((string)before["edge"]!), out var edge));
        return edge;
    }

    private static IEnumerable<string> Texts(JsonNode array) => array.AsArray().Select(text => (string)text!);

    /// <summary>A trail's lines or checkpoints; a number stands for one of the clean trail's.</summary>
    private static IEnumerable<JsonNode?> All(JsonNode trail, string member) => trail[member]!.AsArray()
        .Select(item => item!.GetValueKind() == JsonValueKind.Number ? Vectors[member]![(int)item] : item);
}
