using System.Text.RegularExpressions;
using SecureZoom.Functions.Zoom;
using Xunit;

namespace SecureZoom.Infra.Tests;

public sealed partial class PostdeployTests
{
    private static readonly (string, string)[] Outputs =
    [
        ("API_URL", "https://func-securezoom.example/api"),
        ("SITE_URL", "https://securezoom.example"),
        ("AUTH0_DOMAIN", "acme.eu.auth0.com"),
        ("AUTH0_AUDIENCE", "https://api.securezoom.example"),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Says_what_to_enter_where()
    {
        using var cloud = new HookCloud();

        var run = await cloud.RunAsync("postdeploy.sh", Cancellation, [.. Outputs, ("SITE_FOLDER", cloud.PathOf("tmp"))]);

        Assert.Equal(0, run.ExitCode);
        string[] entries =
        [
            "https://func-securezoom.example/api/webhook",
            "https://securezoom.example/callback",
            "https://acme.eu.auth0.com/login/callback",
            "https://api.securezoom.example",
            // Each scope that the app needs, and each event of the list.
            .. ZoomScopes.Missing([]),
            .. Subscribed().Matches(Events).Select(row => row.Groups[1].Value),
        ];
        Assert.True(entries.Length > 100);
        Assert.All(entries, entry => Assert.Contains($" {entry}\n", run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Fails_where_the_app_does_not_answer()
    {
        using var cloud = new HookCloud();

        var run = await cloud.RunAsync("postdeploy.sh", Cancellation, [.. Outputs, ("SITE_FOLDER", cloud.PathOf("tmp")), ("APP_IS_DOWN", "yes")]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("https://func-securezoom.example/api/health does not answer well", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("SecureZoom runs", run.Output, StringComparison.Ordinal);
        // What somebody has to enter does not depend on it.
        Assert.Contains("https://func-securezoom.example/api/webhook", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploys_the_site_and_shows_its_token_to_nobody()
    {
        using var cloud = new HookCloud();

        var run = await cloud.RunAsync("postdeploy.sh", Cancellation, [.. Outputs, ("SITE_FOLDER", cloud.PathOf("tmp"))]);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal($"the-deployment-token in {cloud.PathOf("tmp")}\n", await File.ReadAllTextAsync(cloud.PathOf("site"), Cancellation));
        Assert.Contains("swa deploy . --env production --no-use-keychain", cloud.Calls);
        Assert.DoesNotContain("the-deployment-token", run.Output + string.Concat(cloud.Calls), StringComparison.Ordinal);
    }

    /// <summary>What docs/events.md says of Zoom.</summary>
    private static string Events =>
        File.ReadAllText(Repository.PathOf("docs/events.md")).Split("\n## Zoom\n")[1].Split("\n## ")[0];

    [GeneratedRegex(@"^\| `(\w+\.[\w.]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Subscribed();
}
