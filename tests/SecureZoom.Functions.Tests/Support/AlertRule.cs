using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using SecureZoom.Functions.Tests.Support.Kusto;

namespace SecureZoom.Functions.Tests.Support;

/// <summary>A rule of the template over the workspace's logs.</summary>
/// <param name="Split">The column by which each value raises an alert of its own; null where there is one for all.</param>
/// <param name="Range">How far it looks back.</param>
/// <param name="Threshold">More than that raises it.</param>
public sealed partial record AlertRule(string Name, string Query, string? Split, TimeSpan Range, double Threshold)
{
    public static IReadOnlyList<AlertRule> All { get; } = Read(Template);

    /// <summary>The rules as they are written, and the thresholds behind them.</summary>
    internal static string Template => string.Concat(
        ((string[])["rules", "eventRules", "alerts"]).Select(file => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, $"{file}.bicep"))));

    /// <summary>The ids of events that its query waits for.</summary>
    public IEnumerable<int> Events => EventIds().Matches(Query)
        .SelectMany(match => match.Groups[1].Value.Split(','))
        .Select(id => int.Parse(id, CultureInfo.InvariantCulture));

    /// <summary>What is raised by what these tables have, in the order of names: the rule, and what it is split by.</summary>
    public static IReadOnlyList<string> Fired(IReadOnlyDictionary<string, IEnumerable<Dictionary<string, object?>>> tables, DateTimeOffset now) =>
        [.. All.SelectMany(rule => rule.Raised(tables, now)).Order(StringComparer.Ordinal)];

    private IEnumerable<string> Raised(IReadOnlyDictionary<string, IEnumerable<Dictionary<string, object?>>> tables, DateTimeOffset now)
    {
        var seen = tables.ToDictionary(table => table.Key, table => table.Value.Where(row => (DateTimeOffset)row["TimeGenerated"]! > now - Range).ToList());
        return new KustoQuery(Query, now).Run(seen)
            .Where(row => Convert.ToDouble(row["Count"], CultureInfo.InvariantCulture) > Threshold)
            .Select(row => Split is null ? Name : $"{Name} {row[Split]}");
    }

    private static List<AlertRule> Read(string template)
    {
        var thresholds = Thresholds().Matches(template).ToDictionary(match => match.Groups[1].Value, match => double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
        return [.. Rules().Matches(template).Select(match => new AlertRule(
            match.Groups["name"].Value,
            match.Groups["query"].Value,
            match.Groups["split"] is { Success: true, Value: var split } ? split : null,
            XmlConvert.ToTimeSpan(match.Groups["range"].Value),
            thresholds.GetValueOrDefault(match.Groups["name"].Value)))];
    }

    [GeneratedRegex("""name: '(?<name>[a-z0-9-]+)'\s+severity: \d\s+description: '.*'\s+query: '''(?<query>[\s\S]+?)'''(?:\s+split: '(?<split>\w+)')?\s+window: '\w+'\s+range: '(?<range>\w+)'""")]
    private static partial Regex Rules();

    [GeneratedRegex(@"^  '([a-z0-9-]+)': (\d+)$", RegexOptions.Multiline)]
    private static partial Regex Thresholds();

    [GeneratedRegex(@"toint\(Properties\.EventId\) (?:== |in \()([\d, ]+)")]
    private static partial Regex EventIds();
}
