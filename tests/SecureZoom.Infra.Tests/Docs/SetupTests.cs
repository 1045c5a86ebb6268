using System.Text.RegularExpressions;
using SecureZoom.Functions.Zoom;
using Xunit;

namespace SecureZoom.Infra.Tests;

/// <summary>What somebody enters by hand is what the product needs.</summary>
public sealed partial class SetupTests
{
    private static string Setup => File.ReadAllText(Repository.PathOf("docs/setup.md"));

    [Fact]
    public void Its_scopes_are_those_that_the_app_asks_for() =>
        Assert.Equal(ZoomScopes.Missing([]), Scope().Matches(Setup).Select(row => row.Groups[1].Value));

    [Fact]
    public void Its_events_are_events_that_the_page_of_events_has()
    {
        var events = File.ReadAllText(Repository.PathOf("docs/events.md"));
        var listed = Block().Match(Setup).Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(listed.Length > 5);
        Assert.All(listed, name => Assert.Contains($"| `{name}` |", events, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^\| `([a-z_]+:[a-z_:]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Scope();

    [GeneratedRegex(@"^```\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
