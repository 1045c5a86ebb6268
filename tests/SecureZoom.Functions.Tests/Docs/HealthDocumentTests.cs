using System.Text.Json.Nodes;
using SecureZoom.Functions.Health;

namespace SecureZoom.Functions.Tests.Docs;

/// <summary>Whatever health may say, docs/operate.md says what it means and what to do, and the API's description names it; neither names more.</summary>
public sealed class HealthDocumentTests
{
    private static readonly string[] Tables =
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "operate.md")).Split("## What health says")[1].Split("\n### ")[0].Split("| `attention` |");

    private static readonly JsonNode Schema = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "openapi.json")))!["components"]!["schemas"]!["Health"]!["properties"]!;

    [Fact]
    public void Each_part_that_may_be_down_has_its_row() => Assert.Equal(HealthNames.Parts, Rows(Tables[0]));

    [Fact]
    public void Each_call_for_attention_has_its_row() => Assert.Equal(HealthNames.Attention, Rows(Tables[1]));

    [Fact]
    public void The_API_s_description_names_them() => Assert.Equal(
        (string.Join(' ', HealthNames.Parts), string.Join(' ', HealthNames.Attention)), (Names("down"), Names("attention")));

    /// <summary>The names of a table's rows, none of which has an empty cell.</summary>
    private static IEnumerable<string> Rows(string table) => table.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Skip(table == Tables[0] ? 1 : 0).Select(line =>
    {
        var cells = line.Trim('|', ' ').Split(" | ");
        Assert.Equal(3, cells.Length);
        Assert.DoesNotContain("", cells);
        return cells[0].Trim('`');
    });

    private static string Names(string member) => string.Join(' ', Schema[member]!["items"]!["enum"]!.AsArray().Select(name => (string?)name));
}
