using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace SecureZoom.Infra.Tests;

/// <summary>The runbooks, from top to bottom.</summary>
public sealed partial class OperateTests : IDisposable
{
    private readonly HookCloud _cloud = new();

    public OperateTests()
    {
        foreach (var (name, value) in ((string, string)[])[
            ("AZURE_SUBSCRIPTION_ID", "the-subscription"), ("AZURE_RESOURCE_GROUP", "securezoom"), ("AZURE_KEY_VAULT_NAME", "kv-securezoom"),
            ("AZURE_AUDIT_STORAGE_NAME", "staudit"), ("AZURE_FUNCTION_APP_NAME", "func-securezoom"), ("API_URL", "https://func-securezoom.example/api")])
        {
            _cloud.Has($"environment/{name}", value);
        }

        // What the repository's own scripts do has tests of its own.
        Directory.CreateDirectory(_cloud.PathOf("tmp/script"));
        foreach (var script in Directory.GetFiles(Repository.PathOf("script")).Select(Path.GetFileName))
        {
            File.CreateSymbolicLink(_cloud.PathOf($"tmp/script/{script}"), _cloud.PathOf("bin/tool"));
        }
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string Operate => File.ReadAllText(Repository.PathOf("docs/operate.md"));

    public void Dispose() => _cloud.Dispose();

    [Fact]
    public async Task Each_command_runs()
    {
        var blocks = Block().Matches(Operate).Select(match => match.Groups[1].Value).ToList();
        Assert.True(blocks.Count > 10);
        var commands = string.Join('\n', blocks.Select((block, i) => $"echo 'block {i}' >>\"$STAND_IN/reached\"\n{block}"));
        await File.WriteAllTextAsync(_cloud.PathOf("tmp/operate.sh"), $"set -euo pipefail\ncd \"$HOME\"\n{commands}", Cancellation);

        var run = await _cloud.RunCommandAsync(
            $"bash '{_cloud.PathOf("tmp/operate.sh")}' < <(echo 'typed $ecret')", Cancellation, ("TOKEN", "the-token"), ("FINGERPRINT", "abc"));

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Equal(blocks.Count, (await File.ReadAllLinesAsync(_cloud.PathOf("reached"), Cancellation)).Length);
        Assert.Equal("typed $ecret", _cloud.Vault["zoom-client-secret"]);
        Assert.Equal(32, Convert.FromBase64String(_cloud.Vault["grant-key"]).Length);
        Assert.Contains("PRIVATE KEY", _cloud.Vault["audit-checkpoint-key"], StringComparison.Ordinal);
        Assert.Equal(1, _cloud.Calls.Count(call => call == "replay-quarantine staudit"));
        Assert.Equal(1, _cloud.Calls.Count(call => call == "take-down production"));
    }

    [Fact]
    public async Task Environments_take_the_main_branch_only_and_production_waits_for_somebody_else()
    {
        await Each_command_runs();

        var bodies = await File.ReadAllTextAsync(_cloud.PathOf("bodies"), Cancellation);
        var settings = Body().Matches(bodies).Select(match => JsonDocument.Parse(match.Value).RootElement).ToList();
        Assert.All(settings, one => Assert.True(one.GetProperty("deployment_branch_policy").GetProperty("custom_branch_policies").GetBoolean()));
        Assert.True(settings[^1].GetProperty("prevent_self_review").GetBoolean());
        Assert.Equal(42, settings[^1].GetProperty("reviewers")[0].GetProperty("id").GetInt32());
        Assert.Equal(2, _cloud.Calls.Count(call => call.EndsWith("/deployment-branch-policies --raw-field name=main", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_app_in_another_region_gets_each_role_on_what_the_template_calls_so()
    {
        _cloud.Has("identity");
        await Each_command_runs();

        var granted = _cloud.Calls.Single(call => call.StartsWith("az deployment group create ", StringComparison.Ordinal));
        var given = Parameter().Matches(granted).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        var asked = AskedParameter().Matches(await File.ReadAllTextAsync(Repository.PathOf("infra/modules/access.bicep"), Cancellation));
        Assert.Equal(asked.Select(match => match.Groups[1].Value).Order(), given.Keys.Order());
        var template = await File.ReadAllTextAsync(Repository.PathOf("infra/main.bicep"), Cancellation);
        Assert.Equal("the-principal", given["principalId"]);
        Assert.All(given.Where(one => one.Key != "principalId"), one => Assert.Contains($"'{one.Value.Replace("SUFFIX", "${unique}", StringComparison.Ordinal)}'", template, StringComparison.Ordinal));
    }

    [Fact]
    public void A_preview_s_role_reads_and_validates_and_no_more()
    {
        var role = JsonDocument.Parse(Role().Match(Operate).Groups[1].Value.Replace("'\"$GROUP\"'", "/group", StringComparison.Ordinal)).RootElement;

        Assert.Equal(
            ["Microsoft.Resources/deployments/validate/action", "Microsoft.Resources/deployments/whatIf/action"],
            role.GetProperty("Actions").EnumerateArray().Select(action => action.GetString()));
        Assert.False(role.TryGetProperty("DataActions", out _));
    }

    /// <summary>Also in an item of a list.</summary>
    [GeneratedRegex(@"^ *```sh\n(.*?)^ *```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"(\w+)=(\S+)")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^param (\w+) ", RegexOptions.Multiline)]
    private static partial Regex AskedParameter();

    [GeneratedRegex(@"^\{.*?\}$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Body();

    [GeneratedRegex(@"--role-definition '(\{.*? \})'", RegexOptions.Singleline)]
    private static partial Regex Role();
}
