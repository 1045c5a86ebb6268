using System.Text.RegularExpressions;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>The alert rules of the templates look for words that the app really writes.</summary>
public sealed partial class AlertWordsTests(Cloud cloud) : AttackBench(cloud)
{
    [Fact]
    public async Task The_rule_for_findings_has_the_words_of_the_log()
    {
        var bench = Bench();
        await AppendAndSignAsync(bench, 3);
        await bench.LookBackAsync();
        Time.Advance(TimeSpan.FromHours(27));
        await bench.LookBackAsync();
        await bench.AppendAsync(Organization, Story.Events(2));
        await Attacker.EditAsync(5, "\"success\"", "\"denied\"");
        Assert.False(await bench.SignAsync(Organization));

        var words = Words("trail-finding");
        Assert.Equal(3, words.Length);
        Assert.All(words, some => Assert.Contains(bench.Alarms, alarm => alarm.Contains(some, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_rules_for_signing_have_the_words_of_the_log()
    {
        var bench = Bench();
        await AppendAndSignAsync(bench, 3);
        await bench.AppendAsync(Organization, Story.Events(2));
        await Attacker.EditAsync(4, "\"success\"", "\"denied\"");
        Assert.False(await bench.SignAsync(Organization));

        var signed = Assert.Single(Words("signing-silent"));
        Assert.Contains(bench.Logs.Entries, line => line.Contains($"The trail of {Organization} {signed} 3", StringComparison.Ordinal));
        var words = Words("checkpoint-missing");
        Assert.Equal([signed, "No checkpoint for the trail of", "could not be signed now", signed], words);
        Assert.All(words[..2], some => Assert.Contains(bench.Logs.Entries, line => line.Contains(some, StringComparison.Ordinal)));
    }

    /// <summary>What a rule's query looks for.</summary>
    internal static string[] Words(string rule)
    {
        var rules = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "alerts.bicep"));
        var query = rules.Split($"name: '{rule}'")[1].Split("'''")[1];
        return [.. Quoted().Matches(query).Select(match => match.Groups[1].Value)];
    }

    [GeneratedRegex("\"([^\"]+)\"")]
    private static partial Regex Quoted();
}
