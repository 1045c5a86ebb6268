using Xunit;

namespace SecureZoom.Infra.Tests;

/// <summary>An environment goes as far as Azure lets it, and comes back.</summary>
public sealed class TakeDownTests : IDisposable
{
    private static readonly (string Name, string Value)[] Known = [.. Infra.ExampleEnvironment()];

    private static readonly string[] Resources = ["the-plan", "the-vault", "the-app", "the-identity"];

    private readonly HookCloud _cloud = new();

    public TakeDownTests()
    {
        _cloud.Has("group");
        _cloud.Has("identity");
        _cloud.Put("storage-seal-key", "made before");
        _cloud.Has("audit-sku", "Standard_LRS");
        _cloud.Has("lock-vault");
        _cloud.Has("lock-audit");
        _cloud.Has("resources", string.Join('\n', Resources) + "\n");
        _cloud.Has("environment/AZURE_SUBSCRIPTION_ID", "the-subscription");
        _cloud.Has("environment/AZURE_RESOURCE_GROUP", "securezoom");
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _cloud.Dispose();

    [Fact]
    public async Task What_is_not_locked_goes_whole_and_a_deployment_brings_it_back()
    {
        var run = await TakeDownAsync("test --yes");

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.False(_cloud.Holds("group"));
        Assert.True(_cloud.Holds("vault-deleted"));
        await ComesBackAsync("development");
        Assert.False(_cloud.Holds("vault-deleted"));
    }

    [Fact]
    public async Task A_locked_trail_stays_locked_and_keeps_no_role_of_the_identity_that_is_gone()
    {
        _cloud.Has("locked");
        _cloud.Has("days", "2557");
        _cloud.Has("audit-sku", "Standard_GZRS");

        var run = await TakeDownAsync("test --yes");

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Contains("Only staudit is left in securezoom.", run.Output, StringComparison.Ordinal);
        Assert.Contains("the account before the last checkpoint's days are over", run.Output, StringComparison.Ordinal);
        Assert.True(_cloud.Holds("audit-sku"));
        Assert.True(_cloud.Holds("lock-audit"));
        Assert.Empty(await File.ReadAllTextAsync(_cloud.PathOf("resources"), Cancellation));
        var calls = _cloud.Calls.ToList();
        var role = calls.FindIndex(call => call.StartsWith("az role assignment delete --ids the-app-s-assignment", StringComparison.Ordinal));
        Assert.InRange(role, 0, calls.FindIndex(call => call.StartsWith("az resource delete", StringComparison.Ordinal)));
        await ComesBackAsync("production");
    }

    [Fact]
    public async Task What_fails_halfway_leaves_the_trail_locked()
    {
        _cloud.Has("locked");
        _cloud.Has("azure-down");

        var run = await TakeDownAsync("test --yes");

        Assert.NotEqual(0, run.ExitCode);
        Assert.True(_cloud.Holds("lock-audit"));
    }

    [Fact]
    public async Task Does_nothing_to_whoever_does_not_enter_the_name()
    {
        var run = await TakeDownAsync("test");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Nothing was done.", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(_cloud.Calls, call => call.Contains("delete", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Says_how_it_is_used()
    {
        Assert.Equal(2, (await TakeDownAsync("")).ExitCode);
        Assert.Equal(2, (await TakeDownAsync("--yes")).ExitCode);
        Assert.Empty(_cloud.Calls);
    }

    private Task<HookRun> TakeDownAsync(string arguments) =>
        _cloud.RunCommandAsync($"'{Repository.PathOf("script/take-down")}' {arguments}", Cancellation);

    private async Task ComesBackAsync(string size)
    {
        var run = await _cloud.RunAsync("preprovision.sh", Cancellation, [.. Known, ("SECUREZOOM_SIZE", size)]);
        Assert.True(run.ExitCode == 0, run.Output);
        Assert.True(_cloud.Holds("group"));
        Assert.Equal(size == "production" ? "true" : "false", _cloud.Environment["CHECKPOINTS_LOCKED"]);
        // What azd calls from there on, in its order, with what the template gives out.
        (string, string)[] given =
        [
            .. Known, ("SECUREZOOM_SIZE", size), ("SITE_FOLDER", _cloud.PathOf("tmp")), ("API_URL", "https://func-securezoom.example/api"),
            ("SITE_URL", "https://securezoom.example"), ("ZOOM_CLIENT_SECRET", "one"), ("ZOOM_SDK_CLIENT_SECRET", "two"), ("ZOOM_WEBHOOK_SECRET", "three"),
            ("OKTA_SYSTEM_LOG_TOKEN", "four"), ("AUTH0_MANAGEMENT_SECRET", "five"),
        ];
        File.Copy(Infra.PathOf("../static-web/public/staticwebapp.config.json"), _cloud.PathOf("tmp/staticwebapp.config.json"));
        foreach (var hook in (string[])["postprovision.sh", "predeploy.sh", "postdeploy.sh"])
        {
            var next = await _cloud.RunAsync(hook, Cancellation, given);
            Assert.True(next.ExitCode == 0, $"{hook}: {next.Output}");
        }

        Assert.Equal("made before", _cloud.Vault["storage-seal-key"]);
        Assert.Equal("one", _cloud.Vault["zoom-client-secret"]);
        Assert.True(_cloud.Holds("site"));
    }
}
