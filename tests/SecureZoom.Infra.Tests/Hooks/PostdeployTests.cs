using SecureZoom.Functions.Zoom;
using Xunit;

namespace SecureZoom.Infra.Tests;

public sealed class PostdeployTests
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

        var run = await cloud.RunAsync("postdeploy.sh", Cancellation, Outputs);

        Assert.Equal(0, run.ExitCode);
        string[] entries =
        [
            "https://func-securezoom.example/api/webhook",
            "https://securezoom.example/callback",
            "https://acme.eu.auth0.com/login/callback",
            "https://api.securezoom.example",
            // Each scope that the app needs.
            .. ZoomScopes.Missing([]),
        ];
        Assert.All(entries, entry => Assert.Contains($" {entry}\n", run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Fails_where_the_app_does_not_answer()
    {
        using var cloud = new HookCloud();

        var run = await cloud.RunAsync("postdeploy.sh", Cancellation, [.. Outputs, ("APP_IS_DOWN", "yes")]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("https://func-securezoom.example/api/health does not answer well", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("SecureZoom runs", run.Output, StringComparison.Ordinal);
    }
}
