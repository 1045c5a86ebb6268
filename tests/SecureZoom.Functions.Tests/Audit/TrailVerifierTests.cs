using System.Text;
using System.Text.Json.Nodes;
using SecureZoom.Verification;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>The verifier against the vectors in <c>tests/vectors</c>, which the site's verifier has to agree with too.</summary>
public sealed class TrailVerifierTests
{
    private static readonly Dictionary<string, JsonObject> Vectors = JsonNode
        .Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "vectors", "trails.json")))!.AsArray()
        .ToDictionary(vector => (string)vector!["name"]!, vector => vector!.AsObject());

    public static TheoryData<string> Names => [.. Vectors.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_vector_has_its_verdict(string name)
    {
        var vector = Vectors[name];
        var series = CheckpointSeries.Read(Texts(vector["checkpoints"]!), [(string)vector["key"]!]);
        var verifier = new TrailVerifier(
            series, Convert.FromHexString((string)vector["before"]!["hash"]!), (long)vector["before"]!["sequence"]! + 1);
        foreach (var line in Texts(vector["lines"]!))
        {
            verifier.Add(Encoding.UTF8.GetBytes(line));
        }

        var verdict = verifier.Finish();
        var actual = new JsonObject
        {
            ["valid"] = verdict.Valid,
            ["records"] = verdict.Records,
            ["coveredTo"] = verdict.CoveredTo?.Sequence,
            ["problems"] = new JsonArray([.. verdict.Problems.Select(problem =>
                new JsonObject { ["kind"] = problem.Kind, ["sequence"] = problem.Sequence })]),
        };
        Assert.Equal(vector["expected"]!.ToJsonString(), actual.ToJsonString());
    }

    private static IEnumerable<string> Texts(JsonNode array) => array.AsArray().Select(text => (string)text!);
}
