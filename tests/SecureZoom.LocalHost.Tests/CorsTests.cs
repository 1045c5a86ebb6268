using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using SecureZoom.LocalHost.Http;
using SecureZoom.LocalHost.Protocol;
using SecureZoom.LocalHost.Tests.Support;

namespace SecureZoom.LocalHost.Tests;

public sealed class CorsTests(CorsTests.CorsHost cors) : IClassFixture<CorsTests.CorsHost>
{
    private const string Site = "http://localhost:4280";

    [Theory]
    [InlineData("GET", "/api/anything", HttpStatusCode.OK)]
    [InlineData("GET", "/api/unknown", HttpStatusCode.NotFound)]
    [InlineData("POST", "/api/items/7", HttpStatusCode.NotFound)]
    public async Task A_listed_origin_may_read_every_answer(string method, string path, HttpStatusCode status)
    {
        using var response = await SendAsync(cors.Host.Client, method, path, Site);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(Site, Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.False(response.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task A_listed_origin_may_read_that_a_function_has_failed()
    {
        var call = SendAsync(cors.Host.Client, "GET", "/api/act/failing", Site);
        (await cors.Host.Stage.NextAsync("failing")).Throw();
        using var response = await call;

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal(Site, Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
    }

    [Fact]
    public async Task A_preflight_is_answered_without_the_function()
    {
        using var response = await SendAsync(cors.Host.Client, "OPTIONS", "/api/echo", Site, "Access-Control-Request-Method", "POST",
            "Access-Control-Request-Headers", "authorization,content-type");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(Site, Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Equal("POST", Assert.Single(response.Headers.GetValues("Access-Control-Allow-Methods")));
        Assert.Equal("authorization,content-type", Assert.Single(response.Headers.GetValues("Access-Control-Allow-Headers")));
    }

    [Theory]
    [InlineData("http://localhost:4281")]
    [InlineData("https://sub.second.example")]
    public async Task Another_origin_gets_no_headers(string origin)
    {
        using var response = await SendAsync(cors.Host.Client, "GET", "/api/anything", origin);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.DoesNotContain(response.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Credentials_are_a_setting_too()
    {
        var scene = new Scene { LocalSettings = """{ "Host": { "CORS": "http://localhost:4280", "CORSCredentials": true } }""" };

        using var response = await AskFrontAsync(scene, Site);

        Assert.Equal("true", Assert.Single(response.Headers.GetValues("Access-Control-Allow-Credentials")));
    }

    [Fact]
    public async Task The_argument_wins_and_may_let_everybody_in()
    {
        var scene = new Scene { LocalSettings = CorsHost.TwoOrigins, Arguments = ["--port", "0", "--cors", "*"] };

        using var response = await AskFrontAsync(scene, "https://anywhere.example");

        Assert.Equal("*", Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
    }

    /// <summary>Asks a front without functions, whose 404 has the headers of every answer.</summary>
    private static async Task<HttpResponseMessage> AskFrontAsync(Scene scene, string origin)
    {
        await using var front = new HttpFront(scene.Read(), [], _ => throw new WorkerGoneException(), NullLoggerFactory.Instance);
        await front.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new(front.Address) };
        return await SendAsync(client, "GET", "/api/anything", origin);
    }

    private static async Task<HttpResponseMessage> SendAsync(
        HttpClient client, string method, string path, string origin, params string[] headers)
    {
        using var request = new HttpRequestMessage(new(method), path) { Headers = { { "Origin", origin } } };
        foreach (var header in headers.Chunk(2))
        {
            request.Headers.Add(header[0], header[1]);
        }

        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public sealed class CorsHost : IAsyncLifetime
    {
        public const string TwoOrigins = """{ "Host": { "CORS": "http://localhost:4280, https://second.example" } }""";

        internal TestHost Host { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Host = await TestHost.StartAsync(new Scene { LocalSettings = TwoOrigins });

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
