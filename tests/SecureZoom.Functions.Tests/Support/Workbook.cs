using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Support.Kusto;

namespace SecureZoom.Functions.Tests.Support;

/// <summary>The queries of the template's workbook.</summary>
internal static class Workbook
{
    /// <summary>By the names of their panels.</summary>
    public static IReadOnlyDictionary<string, string> Queries { get; } = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "workbook.json")))!["items"]!.AsArray()
        .Where(item => item!["content"]!["query"] is not null)
        .ToDictionary(item => (string)item!["name"]!, item => (string)item!["content"]!["query"]!);

    /// <summary>The rows that a panel shows of what these tables have, with points of five minutes.</summary>
    public static List<Dictionary<string, object?>> Show(string panel, IReadOnlyDictionary<string, List<Dictionary<string, object?>>> tables, DateTimeOffset now) =>
        new KustoQuery(Queries[panel].Replace("{Time:grain}", "5m", StringComparison.Ordinal), now).Run(tables);
}
