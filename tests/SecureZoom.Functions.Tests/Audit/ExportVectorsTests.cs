using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Audit.Vectors;
using SecureZoom.Tools;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>The offline tool against the exports in <c>tests/vectors</c>, which the site has to agree with too.</summary>
public sealed class ExportVectorsTests
{
    private static readonly Dictionary<string, JsonNode> Files =
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "vectors", "exports.json")))!
            .AsArray().ToDictionary(file => (string)file!["name"]!, file => file!);

    public static TheoryData<string> Names => [.. Files.Keys];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_export_has_its_verdict(string name)
    {
        var (code, said) = await VerifyAsync(Files[name]);
        AssertSays(Files[name], code, said);
    }

    [Theory]
    [InlineData("all until a time")]
    [InlineData("all from a time until another")]
    [InlineData("a later time is to explain that the last records are cut")]
    public async Task A_range_has_its_verdict_also_with_later_checkpoints_beside_it(string name)
    {
        var page = Path.GetTempFileName();
        try
        {
            var checkpoints = new JsonArray([.. VectorTrail.Checkpoints.Take(2).Select(VectorTrail.Text), Held(), VectorTrail.Text(VectorTrail.Checkpoint(13, 4, 250))]);
            await File.WriteAllTextAsync(page, new JsonObject { ["checkpoints"] = checkpoints }.ToJsonString(), Cancellation);
            var (code, said) = await VerifyAsync(Files[name], "--checkpoints", page);
            AssertSays(Files[name], code, said);
        }
        finally
        {
            File.Delete(page);
        }

        // Signed anew, it is another one.
        JsonNode Held() => JsonNode.Parse((string)Files[name]["lines"]!.AsArray()[^1]!)!["trailer"]!["checkpoint"]!.DeepClone();
    }

    private static void AssertSays(JsonNode file, int code, string said)
    {
        var expected = file["expected"]!;
        var isWrong = (string)expected["state"]! == ExportCase.Wrong;
        var problems = expected["problems"]!.AsArray();
        string[] lines = [.. said.TrimEnd().Split(Environment.NewLine)];
        Assert.Equal(problems.Select(problem => (string)problem!["code"]!), lines.Take(problems.Count).Select(line => line.Split(':')[0]));
        Assert.Equal(isWrong, lines[problems.Count].Contains("BROKEN", StringComparison.Ordinal));
        Assert.Equal(isWrong ? 1 : 0, code);
    }

    private static async Task<(int Code, string Said)> VerifyAsync(JsonNode file, params string[] more)
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(path, file["lines"]!.AsArray().Select(line => (string)line!), Cancellation);
            await using var said = new StringWriter();
            return (await VerifyAudit.RunAsync([path, "--key", VectorTrail.Fingerprint, .. more], said, Cancellation), said.ToString());
        }
        finally
        {
            File.Delete(path);
        }
    }
}
