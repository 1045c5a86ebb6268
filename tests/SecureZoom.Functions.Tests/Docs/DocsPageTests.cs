using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Docs;

/// <summary>The document as a page.</summary>
public sealed partial class DocsPageTests(Cloud cloud) : IAsyncLifetime
{
    private App _app = null!;

    public async ValueTask InitializeAsync() => _app = await App.StartAsync(cloud);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task The_page_shows_every_call_and_runs_and_loads_nothing()
    {
        var contract = new Contract((await _app.As(Accounts.Bob).GetAsync("openapi.json")).Json);
        using var response = await _app.Http.GetAsync(new Uri("docs", UriKind.Relative), TestContext.Current.CancellationToken);
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        var style = Style().Match(html).Groups[1].Value;
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));
        Assert.Equal(
            $"default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            Assert.Single(response.Headers.GetValues("Content-Security-Policy")));
        Assert.All(contract.Operations, call => Assert.Contains($"<code>/api{call.Path}</code>", html, StringComparison.Ordinal));
        Assert.All(
            contract.Document["components"]!["schemas"]!.AsObject(), schema => Assert.Contains($"id=\"{schema.Key}\"", html, StringComparison.Ordinal));
        foreach (var absent in (string[])["<script", "src=", "http:", "https:", "style=", "url("])
        {
            Assert.DoesNotContain(absent, html, StringComparison.OrdinalIgnoreCase);
        }
    }

    [GeneratedRegex("<style>(.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex Style();
}
