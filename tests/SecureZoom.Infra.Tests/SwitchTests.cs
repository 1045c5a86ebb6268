using System.Text.RegularExpressions;
using Xunit;

namespace SecureZoom.Infra.Tests;

/// <summary>Keeps the baseline whole: a new switch needs a rule, or a place among the harmless ones.</summary>
public sealed partial class SwitchTests(Bicep bicep)
{
    /// <summary>Switches that cost comfort at most, or that Azure refuses to turn (<c>reserved</c>).</summary>
    private static readonly string[] Harmless =
    [
        "allowConfigFileUpdates",
        "autoMitigate",
        "clientAffinityEnabled",
        "http20Enabled",
        "ParseDependentRequests",
        "reserved",
        "RetryEnabled",
        "skipQueryValidation",
        "useCommonAlertSchema",
        "zoneRedundant",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static IEnumerable<TheoryDataRow<string, int>> Switches =>
        from file in Infra.Files
        where Path.GetExtension(file) == ".bicep"
        from Match match in Switch().Matches(File.ReadAllText(Infra.PathOf(file)))
        where !Harmless.Contains(match.Groups["name"].Value)
        select new TheoryDataRow<string, int>(file, match.Index)
        {
            TestDisplayName = $"{file} has the opposite of {match.Value}",
        };

    [Theory]
    [MemberData(nameof(Switches))]
    public async Task The_opposite_is_noticed(string file, int at)
    {
        var violations = new List<string>();
        // In the other size only where the first one does not have it.
        foreach (var size in Infra.Sizes.Reverse().TakeWhile(_ => violations.Count == 0))
        {
            using var copy = TemplateCopy.OfSize(size);
            copy.Rewrite(file, text => Switch().Replace(text, match => match.Index == at ? Opposite(match) : match.Value));
            violations.AddRange(Baseline.Violations(await bicep.ResolveAsync(copy.PathOf(Infra.ParameterFile), Cancellation)));
        }

        Assert.NotEmpty(violations);
    }

    private static string Opposite(Match match) =>
        $"{match.Groups["name"].Value}: {(match.Groups["value"].Value == "true" ? "false" : "true")}";

    [GeneratedRegex(@"\b(?<name>\w+): (?<value>true|false)\b")]
    private static partial Regex Switch();
}
