using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using SecureZoom.Verification;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>The verifier against the evidence files in <c>tests/vectors</c>, which the site's has to agree with too.</summary>
public sealed class EvidenceVectorsTests
{
    private static readonly Dictionary<string, JsonNode> Files =
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "vectors", "evidence.json")))!
            .AsArray().ToDictionary(file => (string)file!["name"]!, file => file!);

    public static TheoryData<string> Names => [.. Files.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_file_has_its_verdict(string name)
    {
        var vector = Files[name];
        Assert.True(EvidenceFile.TryRead([.. Texts(vector["lines"]!).Select(line => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(line))], out var file));
        var now = DateTimeOffset.Parse((string)vector["now"]!, CultureInfo.InvariantCulture);
        var verdict = EvidenceVerifier.Verify(file, [.. Texts(vector["trusted"]!)], now);
        var actual = new JsonObject
        {
            ["records"] = verdict.Records,
            ["coveredTo"] = verdict.CoveredTo?.Head.Size,
            ["problems"] = new JsonArray([.. verdict.Problems.Select(problem =>
                new JsonObject { ["code"] = problem.Code, ["sequence"] = problem.Sequence })]),
        };
        Assert.Equal(vector["expected"]!.ToJsonString(), actual.ToJsonString());
    }

    [Fact]
    public void A_file_without_its_end_is_none()
    {
        var lines = Texts(Files["four records"]["lines"]!).Select(line => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(line)).ToList();
        Assert.False(EvidenceFile.TryRead(lines[..^1], out _));
        Assert.False(EvidenceFile.TryRead([], out _));
    }

    private static IEnumerable<string> Texts(JsonNode array) => array.AsArray().Select(text => (string)text!);
}
