using System.Security.Cryptography;
using Xunit;

namespace SecureZoom.Infra.Tests;

public sealed class HookTests
{
    private const string Typed = "first $ecret\nsecond\\secret\nthird'secret\n";
    private const string RemoveRole = "role assignment delete --ids the-assignment";

    private static readonly string[] All =
    [
        "audit-checkpoint-key",
        "audit-message-key",
        "auth0-log-stream-secret",
        "cursor-key",
        "grant-key",
        "okta-event-hook-secret",
        "zoom-client-secret",
        "zoom-sdk-client-secret",
        "zoom-webhook-secret",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fills_an_empty_vault()
    {
        using var run = await HookRun.StartAsync(Typed, Cancellation);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(All, run.Secrets.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("first $ecret", run.Secrets["zoom-client-secret"]);
        Assert.Equal("second\\secret", run.Secrets["zoom-sdk-client-secret"]);
        Assert.Equal("third'secret", run.Secrets["zoom-webhook-secret"]);
        Assert.Equal(32, Convert.FromBase64String(run.Secrets["audit-message-key"]).Length);
        Assert.Equal(All.Length, run.Secrets.Values.Distinct().Count());
        using var signing = ECDsa.Create();
        signing.ImportFromPem(run.Secrets["audit-checkpoint-key"]);
        Assert.Equal(256, signing.KeySize);
    }

    [Fact]
    public async Task Shows_no_secret()
    {
        using var run = await HookRun.StartAsync(Typed, Cancellation);

        var shown = string.Join('\n', run.Calls.Append(run.Output));
        Assert.All(run.Secrets.Values, secret => Assert.DoesNotContain(secret, shown, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Leaves_what_is_there()
    {
        using var run = await HookRun.StartAsync("", Cancellation, present: string.Join(',', All), state: "Locked");

        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Secrets);
        Assert.DoesNotContain(run.Calls, call => call.Contains("immutability-policy lock", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Locks_the_checkpoints_and_says_so_to_the_next_deployment()
    {
        using var run = await HookRun.StartAsync(Typed, Cancellation);

        Assert.Contains(run.Calls, call =>
            call.StartsWith("storage container immutability-policy lock", StringComparison.Ordinal)
            && call.Contains("--account-name staudit --container-name audit-checkpoints", StringComparison.Ordinal)
            && call.Contains("--if-match the-etag", StringComparison.Ordinal));
        Assert.Contains("env set CHECKPOINTS_LOCKED true", run.Calls);
    }

    [Theory]
    [InlineData(Typed, "-")]
    [InlineData(Typed, "grant-key")]
    [InlineData("first\n\n", "-")]
    public async Task Gives_its_role_back_whatever_happens(string typed, string refused)
    {
        using var run = await HookRun.StartAsync(typed, Cancellation, refused: refused);

        Assert.Equal(typed == Typed && refused == "-", run.ExitCode == 0);
        Assert.Equal(RemoveRole, run.Calls[^1]);
    }
}
