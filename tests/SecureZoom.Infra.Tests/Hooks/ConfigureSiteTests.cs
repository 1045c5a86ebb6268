using System.Text.Json.Nodes;
using Xunit;

namespace SecureZoom.Infra.Tests;

public sealed class ConfigureSiteTests : IDisposable
{
    private const string Hook = "configure-site.sh";

    private readonly HookCloud _cloud = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private (string, string)[] Outputs =>
    [
        ("SITE_FOLDER", _cloud.PathOf("tmp")),
        ("API_URL", "https://func-securezoom.example/api"),
        ("AUTH0_DOMAIN", "acme.eu.auth0.com"),
        ("AUTH0_AUDIENCE", "https://api.securezoom.example"),
        ("AUTH0_CLIENT_ID", "the-client"),
    ];

    public ConfigureSiteTests() =>
        File.Copy(Infra.PathOf("../static-web/public/staticwebapp.config.json"), _cloud.PathOf("tmp/staticwebapp.config.json"));

    public void Dispose() => _cloud.Dispose();

    [Fact]
    public async Task Tells_the_site_where_its_API_and_its_identity_provider_are()
    {
        // Twice, as when a deployment is repeated.
        await _cloud.RunAsync(Hook, Cancellation, Outputs);
        var run = await _cloud.RunAsync(Hook, Cancellation, Outputs);

        Assert.Equal(0, run.ExitCode);
        var expected = new JsonObject
        {
            ["apiUrl"] = "https://func-securezoom.example/api",
            ["auth0"] = new JsonObject
            {
                ["domain"] = "acme.eu.auth0.com",
                ["clientId"] = "the-client",
                ["audience"] = "https://api.securezoom.example",
            },
        };
        Assert.True(JsonNode.DeepEquals(expected, await ReadAsync("config.json")));
    }

    [Fact]
    public async Task Lets_the_browser_talk_to_these_two_and_no_longer_to_the_sandbox()
    {
        await _cloud.RunAsync(Hook, Cancellation, Outputs);

        var policy = (string)(await ReadAsync("staticwebapp.config.json"))!["globalHeaders"]!["Content-Security-Policy"]!;
        Assert.Contains("connect-src 'self' https://func-securezoom.example https://acme.eu.auth0.com;", policy, StringComparison.Ordinal);
        Assert.Contains("frame-src https://acme.eu.auth0.com;", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("localhost", await File.ReadAllTextAsync(_cloud.PathOf("tmp/staticwebapp.config.json"), Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AUTH0_CLIENT_ID", "")]
    [InlineData("API_URL", "https://a.example/\", \"sandbox\": true, \"x\": \"")]
    [InlineData("AUTH0_DOMAIN", "a.example; script-src *")]
    public async Task Refuses_what_is_missing_or_would_say_something_else(string name, string value)
    {
        var run = await _cloud.RunAsync(Hook, Cancellation, [.. Outputs, (name, value)]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"{name} is missing or not usable", run.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(_cloud.PathOf("tmp/config.json")));
    }

    private async Task<JsonNode?> ReadAsync(string file) =>
        JsonNode.Parse(await File.ReadAllTextAsync(_cloud.PathOf($"tmp/{file}"), Cancellation));
}
