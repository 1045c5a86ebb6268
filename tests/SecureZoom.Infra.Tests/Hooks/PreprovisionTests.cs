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
        cloud.Has("locked");
        cloud.Has("audit-sku", "Standard_LRS");

        await cloud.RunAsync(Hook, Cancellation, Example);

        Assert.Equal("2026-11-01", cloud.Environment["BUDGET_START"]);
        Assert.Equal("true", cloud.Environment["CHECKPOINTS_LOCKED"]);
    }

    [Theory]
    [InlineData("development", "audit-sku", "Standard_GZRS")]
    [InlineData("production", "audit-sku", "Standard_LRS")]
    [InlineData("production", "runtime-sku", "Standard_LRS")]
    public async Task Refuses_another_size_in_place(string size, string account, string sku)
    {
        using var cloud = new HookCloud();
        cloud.Has(account, sku);

        var run = await cloud.RunAsync(Hook, Cancellation, [.. Example, ("SECUREZOOM_SIZE", size)]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"{sku}, and size {size} means ", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("BUDGET_START", cloud.Environment.Keys);
    }

    [Theory]
    [InlineData("development", "Standard_LRS", "Standard_LRS")]
    [InlineData("production", "Standard_GZRS", "Standard_ZRS")]
    public async Task Goes_on_in_the_same_size(string size, string audit, string runtime)
    {
        using var cloud = new HookCloud();
        cloud.Has("audit-sku", audit);
        cloud.Has("runtime-sku", runtime);

        var run = await cloud.RunAsync(Hook, Cancellation, [.. Example, ("SECUREZOOM_SIZE", size)]);

        Assert.True(run.ExitCode == 0, run.Output);
    }

    [Theory]
    [InlineData("large", "westeurope", "It is one of: development production.")]
    [InlineData("production", "eastus", "Flex Consumption with zones does not exist in eastus. It does in:")]
    [InlineData("development", "westus", "Flex Consumption does not exist in westus.")]
    [InlineData("production", "North Europe", "Storage of type Standard_GZRS does not exist in North Europe.")]
    public async Task Refuses_what_the_region_or_the_sizes_lack_before_anything_is_made(string size, string region, string words)
    {
        using var cloud = new HookCloud();

        var run = await cloud.RunAsync(Hook, Cancellation, [.. Example, ("SECUREZOOM_SIZE", size), ("AZURE_LOCATION", region)]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(words, run.Output, StringComparison.Ordinal);
        Assert.False(cloud.Holds("group"));
    }

    [Fact]
    public async Task Goes_on_where_Azure_does_not_say_what_a_region_has()
    {
        using var cloud = new HookCloud();

        var run = await cloud.RunAsync(Hook, Cancellation, [.. Example, ("REGIONS", "unknown")]);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(2, run.Output.Split("could not be found out").Length - 1);
    }

    [Fact]
    public async Task Takes_values_that_begin_with_a_hyphen_and_long_ones()
    {
        using var cloud = new HookCloud();
        var addresses = string.Join(", ", Enumerable.Range(0, 300).Select(i => $"operator{i}@acme.example"));
        Assert.True(addresses.Length > 4096);
        var answers = Questions().Keys.Select(name => name switch
        {
            "ZOOM_ACCOUNT_ID" => "-e9Xb_account",
            "ALERT_EMAILS" => addresses,
            _ => Example.Single(item => item.Name == name).Value,
        });

        var run = await cloud.RunAtTerminalAsync(Hook, answers, Cancellation);

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Equal("-e9Xb_account", cloud.Environment["ZOOM_ACCOUNT_ID"]);
        Assert.Equal(addresses, cloud.Environment["ALERT_EMAILS"]);
    }

    [Theory]
    [InlineData("", "https://events.example/known")]
    [InlineData("https://events.example/new", "https://events.example/new")]
    [InlineData("none", "")]
    public async Task Keeps_the_webhooks_that_alerts_go_to(string given, string then)
    {
        using var cloud = new HookCloud();
        cloud.Has("webhooks", "https://events.example/known");

        var run = await cloud.RunAsync(Hook, Cancellation, [.. Example, ("ALERT_WEBHOOKS", given)]);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(then, cloud.Environment["ALERT_WEBHOOKS"]);
        Assert.DoesNotContain("events.example", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_no_webhook_away_because_Azure_does_not_answer()
    {
        using var cloud = new HookCloud();
        cloud.Has("webhooks", "https://events.example/known");
        cloud.Has("azure-down");

        var run = await cloud.RunAsync(Hook, Cancellation, Example);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Azure does not say where alerts go to.", run.Output, StringComparison.Ordinal);
        Assert.False(cloud.Environment.ContainsKey("ALERT_WEBHOOKS"));
    }

    [Fact]
    public async Task Brings_a_deleted_vault_back()
    {
        using var cloud = new HookCloud();
        cloud.Has("vault-deleted");

        var run = await cloud.RunAsync(Hook, Cancellation, Example);

        Assert.Equal(0, run.ExitCode);
        Assert.False(cloud.Holds("vault-deleted"));
        Assert.Contains("It is back, with its secrets.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preview_makes_nothing()
    {
        using var cloud = new HookCloud();
        var first = await cloud.RunAsync(Hook, Cancellation, [.. Example, ("SECUREZOOM_PREVIEW", "true")]);
        Assert.Equal(1, first.ExitCode);
        Assert.Contains("does not exist yet", first.Output, StringComparison.Ordinal);
        cloud.Has("group");
        cloud.Has("vault-deleted");

        var run = await cloud.RunAsync(Hook, Cancellation, [.. Example, ("SECUREZOOM_PREVIEW", "true")]);

        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain(cloud.Calls, call => call.StartsWith("az ", StringComparison.Ordinal) && Makes().IsMatch(call));
    }

    [GeneratedRegex(@"\b(create|recover|set|update|delete)\b")]
    private static partial Regex Makes();

    private static Dictionary<string, string> Questions() =>
        Question().Matches(File.ReadAllText(Infra.PathOf($"hooks/{Hook}"))).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);

    [GeneratedRegex(@"readEnvironmentVariable\('(\w+)'\)")]
    private static partial Regex Required();

    [GeneratedRegex(@"^  '([A-Z0-9_]+)\|(.+)'$", RegexOptions.Multiline)]
    private static partial Regex Question();
}
