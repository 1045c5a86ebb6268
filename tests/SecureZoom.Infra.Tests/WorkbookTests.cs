using System.Text.Json;
using System.Text.RegularExpressions;
using SecureZoom.Functions.Telemetry;
using Xunit;

namespace SecureZoom.Infra.Tests;

/// <summary>The page that operators look at asks for what the app really tells.</summary>
public sealed partial class WorkbookTests(Bicep bicep)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shows_what_there_is()
    {
        var deployment = await bicep.ResolveAsync(Infra.PathOf(Infra.ParameterFile), Cancellation);
        var workbook = JsonDocument.Parse(deployment.Only(Types.Workbook).Text("properties.serializedData")!).RootElement;
        var panels = workbook.GetProperty("items").EnumerateArray()
            .Where(item => item.GetProperty("content").TryGetProperty("query", out _))
            .ToDictionary(item => item.GetProperty("name").GetString()!, item => item.GetProperty("content").GetProperty("query").GetString()!);

        Assert.Equal(["calls", "checkpoint-age", "log-volume", "queue-age", "refusals", "signatures", "webhook-lag"], panels.Keys.Order(StringComparer.Ordinal));
        var counted = File.ReadAllText(Repository.PathOf($"functions/SecureZoom.Functions/Telemetry/{nameof(AppMetrics)}.cs"));
        var asked = panels.Values.SelectMany(query => Metric().Matches(query)).Select(match => match.Value).ToList();
        Assert.Equal(4, asked.Count);
        Assert.All(asked, name => Assert.Contains(name, counted, StringComparison.Ordinal));
        var signed = deployment.All(Types.LogAlert).Single(alert => alert.Text("properties.displayName") == "signing-silent")
            .List("properties.criteria.allOf").Single().GetProperty("query").GetString()!;
        Assert.Contains(EventId().Match(panels["checkpoint-age"]).Value, signed, StringComparison.Ordinal);
    }

    [GeneratedRegex("\"securezoom\\.[a-z.]+\"")]
    private static partial Regex Metric();

    [GeneratedRegex(@"toint\(Properties\.EventId\) == \d+")]
    private static partial Regex EventId();
}
