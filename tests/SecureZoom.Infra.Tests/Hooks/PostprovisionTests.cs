using System.Security.Cryptography;
using Xunit;

namespace SecureZoom.Infra.Tests;

public sealed class PostprovisionTests
{
    private const string Hook = "postprovision.sh";
    private const string RemoveRole = "az role assignment delete --ids the-assignment --subscription the-subscription";

    private static readonly string[] Typed = ["first $ecret", @"second\secret", "third'secret"];

    private static readonly (string, string)[] Given =
    [
        ("ZOOM_CLIENT_SECRET", Typed[0]), ("ZOOM_SDK_CLIENT_SECRET", Typed[1]), ("ZOOM_WEBHOOK_SECRET", Typed[2]),
    ];

    private static readonly string[] All =
    [
        "audit-checkpoint-key",
        "audit-message-key",
        "audit-note-key",
        "auth0-log-stream-secret",
        "cursor-key",
        "grant-key",
        "okta-event-hook-secret",
        "storage-seal-key",
        "zoom-client-secret",
        "zoom-sdk-client-secret",
        "zoom-webhook-secret",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Fills_an_empty_vault(bool atTerminal)
    {
        using var cloud = new HookCloud();

        var run = atTerminal
            ? await cloud.RunAtTerminalAsync(Hook, Typed, Cancellation)
            : await cloud.RunAsync(Hook, Cancellation, Given);

        Assert.Equal(0, run.ExitCode);
        var vault = cloud.Vault;
        Assert.Equal(All, vault.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Typed, All.Where(name => name.StartsWith("zoom-", StringComparison.Ordinal)).Select(name => vault[name]));
        Assert.Equal(32, Convert.FromBase64String(vault["audit-message-key"]).Length);
        Assert.Equal(32, Convert.FromBase64String(vault["audit-note-key"]).Length);
        Assert.Equal(All.Length, vault.Values.Distinct().Count());
        using var signing = ECDsa.Create();
        signing.ImportFromPem(vault["audit-checkpoint-key"]);
        Assert.Equal(256, signing.KeySize);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Shows_and_leaves_no_secret(bool atTerminal)
    {
        using var cloud = new HookCloud();

        var run = atTerminal
            ? await cloud.RunAtTerminalAsync(Hook, Typed, Cancellation)
            : await cloud.RunAsync(Hook, Cancellation, Given);

        // Leftovers hold the arguments of every call.
        Assert.Contains("keyvault secret set", cloud.Leftovers, StringComparison.Ordinal);
        Assert.All(cloud.Vault.Values, secret =>
        {
            Assert.DoesNotContain(secret, run.Output, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, cloud.Leftovers, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_second_run_asks_nothing_and_changes_nothing()
    {
        using var cloud = new HookCloud();
        await cloud.RunAsync(Hook, Cancellation, Given);
        var (vault, calls) = (cloud.Vault, cloud.Calls.Length);

        var again = await cloud.RunAsync(Hook, Cancellation);

        Assert.Equal(0, again.ExitCode);
        Assert.Equal(vault, cloud.Vault);
        Assert.All(cloud.Calls[calls..], call => Assert.Matches("^az (rest --method get|storage container .* show) ", call));
    }

    [Fact]
    public async Task Asks_for_what_the_sources_of_identity_events_name_and_makes_what_they_are_called_with()
    {
        using var cloud = new HookCloud();
        const string Sources = """
            [{"type":"okta","secretName":"okta-globex-hook-secret","oktaDomain":"globex.okta.com","tokenSecretName":"okta-globex-token"},
             {"type" : "auth0", "secretName" : "auth0-log-stream-secret", "managementClientId" : "x", "managementSecretName" : "auth0-management-secret"}]
            """;

        var lacking = await cloud.RunAsync(Hook, Cancellation, [.. Given, ("IDENTITY_EVENTS", Sources), ("AUTH0_MANAGEMENT_SECRET", "fourth secret")]);
        Assert.Equal(1, lacking.ExitCode);
        Assert.Contains("OKTA_GLOBEX_TOKEN: Read-only token for Okta's System Log, okta-globex-token", lacking.Output, StringComparison.Ordinal);
        var run = await cloud.RunAsync(Hook, Cancellation, [("IDENTITY_EVENTS", Sources), ("OKTA_GLOBEX_TOKEN", "fifth secret")]);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal([.. All, "auth0-management-secret", "okta-globex-hook-secret", "okta-globex-token"], cloud.Vault.Keys.OrderBy(name => All.Contains(name) ? 0 : 1).ThenBy(name => name, StringComparer.Ordinal));
        Assert.Equal(("fourth secret", "fifth secret"), (cloud.Vault["auth0-management-secret"], cloud.Vault["okta-globex-token"]));
    }

    [Fact]
    public async Task Says_everything_that_is_missing_and_does_the_rest()
    {
        using var cloud = new HookCloud();

        var run = await cloud.RunAsync(Hook, Cancellation, Given[1]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("ZOOM_CLIENT_SECRET: Client secret of the Zoom Server-to-Server OAuth app", run.Output, StringComparison.Ordinal);
        Assert.Contains("ZOOM_WEBHOOK_SECRET", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("ZOOM_SDK_CLIENT_SECRET", run.Output, StringComparison.Ordinal);
        Assert.Equal(["zoom-client-secret", "zoom-webhook-secret"], All.Except(cloud.Vault.Keys));
    }

    [Fact]
    public async Task Goes_on_where_it_was_interrupted()
    {
        using var cloud = new HookCloud();
        await cloud.RunAsync(Hook, Cancellation, [.. Given, ("REFUSED", "audit-message-key")]);
        var halfway = cloud.Vault;
        Assert.Equal(["cursor-key", "grant-key"], halfway.Keys.Where(name => name.EndsWith("key", StringComparison.Ordinal)).Order());

        var run = await cloud.RunAsync(Hook, Cancellation);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(All, cloud.Vault.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(halfway, cloud.Vault.Where(secret => halfway.ContainsKey(secret.Key)).ToDictionary());
    }

    [Fact]
    public async Task An_empty_answer_leaves_the_rest_for_another_time()
    {
        using var cloud = new HookCloud();
        var first = await cloud.RunAtTerminalAsync(Hook, [Typed[0], "", Typed[2]], Cancellation);
        Assert.Equal(1, first.ExitCode);

        var second = await cloud.RunAtTerminalAsync(Hook, [Typed[1]], Cancellation);

        Assert.Equal(0, second.ExitCode);
        Assert.Equal(Typed[1], cloud.Vault["zoom-sdk-client-secret"]);
    }

    [Fact]
    public async Task Locks_the_checkpoints()
    {
        using var cloud = new HookCloud();

        await cloud.RunAsync(Hook, Cancellation, Given);
        Assert.False(cloud.Holds("locked"));
        await cloud.RunAsync(Hook, Cancellation, ("LOCK_CHECKPOINTS", "True"), ("CHECKPOINT_DAYS", "2557"));

        Assert.Contains(
            "az storage container immutability-policy lock --resource-group securezoom --account-name staudit "
            + "--container-name audit-checkpoints --if-match the-etag --output none --subscription the-subscription",
            cloud.Calls);
    }

    [Theory]
    [InlineData("1", "2557", "2557")]
    [InlineData("2557", "2557", "2557")]
    [InlineData("3650", "2557", "3650")]
    public async Task Extends_what_is_locked_and_never_shortens_it(string days, string wanted, string then)
    {
        using var cloud = new HookCloud();
        cloud.Has("locked");
        cloud.Has("days", days);

        var run = await cloud.RunAsync(Hook, Cancellation, [.. Given, ("CHECKPOINT_DAYS", wanted), ("LOCK_CHECKPOINTS", "true")]);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(then, await File.ReadAllTextAsync(cloud.PathOf("days"), Cancellation));
    }

    [Fact]
    public async Task Waits_for_its_role_and_tries_again_what_is_refused_at_first()
    {
        using var cloud = new HookCloud();

        var run = await cloud.RunAsync(Hook, Cancellation, [.. Given, ("LIST_REFUSED", "20"), ("SET_REFUSED", "2")]);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(All, cloud.Vault.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Typed[1], cloud.Vault["zoom-sdk-client-secret"]);
        Assert.Contains("${ROLE_TAKES:-900}", await File.ReadAllTextAsync(Infra.PathOf($"hooks/{Hook}"), Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gives_up_a_role_that_does_not_come()
    {
        using var cloud = new HookCloud();

        var run = await cloud.RunAsync(Hook, Cancellation, [.. Given, ("LIST_REFUSED", "1000000"), ("ROLE_TAKES", "0")]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("run this again", run.Output, StringComparison.Ordinal);
        Assert.Equal(RemoveRole, cloud.Calls[^1]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("grant-key")]
    public async Task Gives_its_role_back_whatever_happens(string refused)
    {
        using var cloud = new HookCloud();

        var run = await cloud.RunAsync(Hook, Cancellation, [.. Given, ("REFUSED", refused)]);

        Assert.Equal(refused.Length == 0, run.ExitCode == 0);
        Assert.Equal(RemoveRole, cloud.Calls[^1]);
    }

    [Fact]
    public async Task Takes_away_no_role_that_was_there_before()
    {
        using var cloud = new HookCloud();

        var run = await cloud.RunAsync(Hook, Cancellation, [.. Given, ("ROLE_DESCRIPTION", "Security team")]);

        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain(RemoveRole, cloud.Calls);
    }

    [Theory]
    [InlineData("user", "User")]
    [InlineData("app", "ServicePrincipal")]
    public async Task Borrows_for_whoever_is_signed_in(string kind, string type)
    {
        using var cloud = new HookCloud();

        await cloud.RunAsync(Hook, Cancellation, [.. Given, ("CLAIMS", $$"""{"idtyp":"{{kind}}","oid":"the-object","x":"~~~???"}""")]);

        Assert.Contains(cloud.Calls, call =>
            call.StartsWith("az role assignment create --role Key Vault Secrets Officer", StringComparison.Ordinal)
            && call.Contains($"--assignee-object-id the-object --assignee-principal-type {type}", StringComparison.Ordinal));
    }
}
