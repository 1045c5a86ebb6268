using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using SecureZoom.Sandbox.Site;

namespace SecureZoom.Sandbox.Tests;

public sealed class SandboxSiteTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false });
    private SandboxSite _site = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await WriteAsync("staticwebapp.config.json", """
            {
              "globalHeaders": {
                "Content-Security-Policy": "connect-src http://localhost:7071 http://localhost:7072",
                "X-Frame-Options": "DENY"
              },
              "routes": [
                { "route": "/meeting", "rewrite": "/meeting.html", "headers": { "X-Frame-Options": "SAMEORIGIN", "X-Extra": "yes" } },
                { "route": "/assets/*", "headers": { "Cache-Control": "max-age=31536000" } },
                { "route": "/old/*", "redirect": "/new", "statusCode": 301 },
                { "route": "/secret", "statusCode": 404 },
                { "route": "/members/*", "allowedRoles": ["authenticated"] },
                { "route": "/meeting", "redirect": "/never" }
              ],
              "navigationFallback": { "rewrite": "/index.html", "exclude": ["/assets/*", "*.{css,js}"] },
              "responseOverrides": { "404": { "rewrite": "/404.html" } },
              "mimeTypes": { ".wasm": "application/wasm", ".odd": "text/odd" }
            }
            """);
        await WriteAsync("index.html", "index");
        await WriteAsync("meeting.html", "meeting");
        await WriteAsync("404.html", "nothing here");
        await WriteAsync("assets/app.js", "script");
        await WriteAsync("assets/a.odd", "odd");
        _site = await SandboxSite.StartAsync(
            new SandboxSiteOptions
            {
                Folder = _folder.Path,
                Api = new Uri("http://localhost:7072/api/"),
                Identity = new Uri("http://localhost:9999/"),
            },
            Cancellation);
        _http.BaseAddress = _site.Address;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _site.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("/", 200, "index")]
    [InlineData("/join", 200, "index")]
    [InlineData("/deep/link", 200, "index")]
    [InlineData("/meeting", 200, "meeting")]
    [InlineData("/assets/app.js", 200, "script")]
    [InlineData("/assets/gone.js", 404, "nothing here")]
    [InlineData("/gone.css", 404, "nothing here")]
    [InlineData("/secret", 404, "nothing here")]
    [InlineData("/staticwebapp.config.json", 200, "index")]
    [InlineData("/..%2f..%2f..%2fetc%2fpasswd", 200, "index")]
    [InlineData("/members/list", 401, "")]
    public async Task Paths_are_answered_as_the_configuration_says(string path, int status, string content)
    {
        using var response = await _http.GetAsync(path, Cancellation);

        Assert.Equal((status, content), ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation)));
    }

    [Fact]
    public async Task Every_answer_has_the_global_headers_with_the_origins_in_use()
    {
        foreach (var path in (string[])["/", "/assets/app.js", "/secret", "/old/page", "/config.json"])
        {
            using var response = await _http.GetAsync(path, Cancellation);
            Assert.Equal(
                "connect-src http://localhost:7072 http://localhost:9999",
                response.Headers.GetValues("Content-Security-Policy").Single());
            Assert.Equal("DENY", response.Headers.GetValues("X-Frame-Options").Single());
        }
    }

    [Fact]
    public async Task A_routes_headers_override_the_global_ones()
    {
        using var meeting = await _http.GetAsync("/meeting", Cancellation);
        using var script = await _http.GetAsync("/assets/app.js", Cancellation);

        Assert.Equal("SAMEORIGIN", meeting.Headers.GetValues("X-Frame-Options").Single());
        Assert.Equal("yes", meeting.Headers.GetValues("X-Extra").Single());
        Assert.Equal("max-age=31536000", script.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task Redirects_have_their_status()
    {
        using var response = await _http.GetAsync("/old/page", Cancellation);

        Assert.Equal((HttpStatusCode.MovedPermanently, "/new"), (response.StatusCode, response.Headers.Location?.OriginalString));
    }

    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/assets/app.js", "text/javascript")]
    [InlineData("/assets/a.odd", "text/odd")]
    public async Task Types_are_those_of_the_files_or_of_the_configuration(string path, string type)
    {
        using var response = await _http.GetAsync(path, Cancellation);

        Assert.Equal(type, response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_file_that_did_not_change_is_not_sent_again()
    {
        using var first = await _http.GetAsync("/assets/app.js", Cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/assets/app.js");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await _http.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task A_missing_page_stays_missing_whatever_the_conditions()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/secret");
        request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Any);
        using var response = await _http.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task The_pages_settings_name_this_sandbox()
    {
        var config = JsonNode.Parse(await _http.GetStringAsync("/config.json", Cancellation))!;

        Assert.Equal(
            """{"apiUrl":"http://localhost:7072/api","auth0":{"domain":"http://localhost:9999","clientId":"securezoom-spa","audience":"https://api.securezoom.example"},"sandbox":true}""",
            config.ToJsonString());
    }

    [Fact]
    public async Task Only_reading_is_allowed()
    {
        using var response = await _http.PostAsync("/", null, Cancellation);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Fact]
    public async Task Without_a_built_site_a_page_says_what_to_run()
    {
        File.Delete(_folder.File("staticwebapp.config.json"));

        using var response = await _http.GetAsync("/", Cancellation);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("script/server", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    private async Task WriteAsync(string name, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(name))!);
        await File.WriteAllTextAsync(_folder.File(name), content, Cancellation);
    }
}
