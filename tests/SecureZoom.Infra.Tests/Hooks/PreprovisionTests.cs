using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace SecureZoom.Infra.Tests;

public sealed partial class PreprovisionTests
{
    private const string Hook = "preprovision.sh";

    private static readonly (string Name, string Value)[] Example =
        [.. Infra.ExampleEnvironment().Where(variable => Questions().ContainsKey(variable.Name))];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Asks_for_each_variable_that_the_parameters_need_and_for_what_the_site_needs()
    {
        var needed = Required().Matches(File.ReadAllText(Infra.PathOf("main.bicepparam"))).Select(match => match.Groups[1].Value);

        Assert.Equal(needed.Append("AUTH0_CLIENT_ID").Except(["BUDGET_START"]).Order(), Questions().Keys.Order());
        Assert.Equal(Questions().Keys.Order(), Example.Select(variable => variable.Name).Order());
    }

    [Fact]
    public async Task Asks_at_a_terminal_and_remembers()
    {
        using var cloud = new HookCloud();

        var run = await cloud.RunAtTerminalAsync(Hook, Questions().Keys.Select(name => Example.Single(item => item.Name == name).Value), Cancellation);

        Assert.Equal(0, run.ExitCode);
        Assert.All(Example, variable => Assert.Equal(variable.Value, cloud.Environment[variable.Name]));
    }

    [Fact]
    public async Task Without_a_terminal_says_all_that_is_missing_before_anything_is_made()
    {
        using var cloud = new HookCloud();

        var run = await cloud.RunAsync(Hook, Cancellation, ("AUTH0_DOMAIN", "acme.eu.auth0.com"));

        Assert.Equal(1, run.ExitCode);
        Assert.All(
            Questions().Where(question => question.Key != "AUTH0_DOMAIN"),
            question => Assert.Contains($"{question.Key}: {question.Value}", run.Output, StringComparison.Ordinal));
        Assert.DoesNotContain("AUTH0_DOMAIN:", run.Output, StringComparison.Ordinal);
        Assert.Empty(cloud.Calls);
    }

    [Fact]
    public async Task Makes_the_group_once_and_begins_the_budget_this_month()
    {
        using var cloud = new HookCloud();

        await cloud.RunAsync(Hook, Cancellation, [.. Example, ("AZURE_RESOURCE_GROUP", "")]);
        await cloud.RunAsync(Hook, Cancellation, [.. Example, ("AZURE_RESOURCE_GROUP", "rg-securezoom-test")]);

        Assert.Single(cloud.Calls, call => call.StartsWith("az group create", StringComparison.Ordinal));
        Assert.Equal("rg-securezoom-test", cloud.Environment["AZURE_RESOURCE_GROUP"]);
        Assert.Matches(@"^\d{4}-\d{2}-01$", cloud.Environment["BUDGET_START"]);
        Assert.True(DateOnly.ParseExact(cloud.Environment["BUDGET_START"], "yyyy-MM-dd", CultureInfo.InvariantCulture) <= DateOnly.FromDateTime(DateTime.UtcNow));
        Assert.Equal("false", cloud.Environment["CHECKPOINTS_LOCKED"]);
    }

    [Fact]
    public async Task Reads_back_what_Azure_refuses_to_change()
    {
        using var cloud = new HookCloud();
        await File.WriteAllTextAsync(cloud.PathOf("locked"), "", Cancellation);

        await cloud.RunAsync(Hook, Cancellation, Example);

        Assert.Equal("2026-11-01", cloud.Environment["BUDGET_START"]);
        Assert.Equal("true", cloud.Environment["CHECKPOINTS_LOCKED"]);
    }

    private static Dictionary<string, string> Questions() =>
        Question().Matches(File.ReadAllText(Infra.PathOf($"hooks/{Hook}"))).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);

    [GeneratedRegex(@"readEnvironmentVariable\('(\w+)'\)")]
    private static partial Regex Required();

    [GeneratedRegex(@"^  '([A-Z0-9_]+)\|(.+)'$", RegexOptions.Multiline)]
    private static partial Regex Question();
}
