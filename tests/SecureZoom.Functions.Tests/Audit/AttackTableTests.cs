using System.Text;
using SecureZoom.Functions.Tests.Audit.Vectors;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Storage;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>
/// <c>docs/attacks.md</c> says of each attack of the catalogue what each verifier calls it. It is written from what server and tool really
/// say (SECUREZOOM_WRITE_VECTORS, as the vectors are); the page's column is the catalogue's word, to which verify.test.ts holds it exactly.
/// </summary>
public sealed class AttackTableTests(Cloud cloud)
{
    private const string Page = "../../docs/attacks.md";
    private const string Head = "| attack | server | offline tool | Verify page |\n|---|---|---|---|\n";

    /// <summary>What a verifier that is not given what it would need says instead.</summary>
    private const string NotAsked = "not given it";

    /// <summary>The tool's word where it is told to trust no key: it judges nothing.</summary>
    private const string NoKey = "asks for a key";

    [Fact]
    public async Task The_page_has_a_row_for_each_and_none_is_called_proved()
    {
        var rows = await RowsAsync();
        Assert.DoesNotContain(rows, row => row.Server.Length == 0 || row.Tool.Length == 0 || row.Site.Length == 0);
        Assert.InRange(rows.Count(row => row.Server is not NotAsked && row.Tool is not NoKey), 20, int.MaxValue);

        var text = VectorFile.Read(Page);
        var (begin, end) = (text.IndexOf(Head, StringComparison.Ordinal), text.IndexOf("\n\n", text.IndexOf(Head, StringComparison.Ordinal), StringComparison.Ordinal));
        var table = rows.Aggregate(new StringBuilder(Head), (lines, row) => lines.Append($"| {row.Attack} | {row.Server} | {row.Tool} | {row.Site} |\n"));
        VectorFile.AssertMade(Page, $"{text[..begin]}{table.ToString().TrimEnd()}{text[end..]}", same => same);
    }

    private async Task<List<Row>> RowsAsync()
    {
        await using var azurite = await Azurite.StartAsync(new(), TestContext.Current.CancellationToken);
        var stored = new StoredCatalogue(cloud, azurite.ConnectionString);
        await stored.PrepareAsync();
        var rows = new List<Row>();
        foreach (var attack in Catalogue.All.Where(trail => trail.Codes.Count > 0))
        {
            var server = StoredCatalogue.Takes(attack) ? Codes((await stored.VerifyAsync(attack)).Problems.Select(problem => problem.Code)) : NotAsked;
            var (code, said) = await OfflineTool.RunAsync(attack);
            var tool = code == 2 ? NoKey : Codes(said.Split('\n').Select(line => line.Split(':')[0]).Where(Catalogue.Codes.Contains));
            rows.Add(new(attack.Name, server, tool, Codes(attack.Codes)));
        }

        return rows;
    }

    private static string Codes(IEnumerable<string> codes) => string.Join(' ', codes.Distinct().Order(StringComparer.Ordinal).Select(code => $"`{code}`"));

    private sealed record Row(string Attack, string Server, string Tool, string Site);
}
