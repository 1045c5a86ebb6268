using System.Net;
using SecureZoom.LocalHost.Tests.Functions;
using SecureZoom.LocalHost.Tests.Support;

namespace SecureZoom.LocalHost.Tests;

public sealed class CorsTests
{
    private const string Site = "http://localhost:4280";
    private const string TwoOrigins = """{ "Host": { "CORS": "http://localhost:4280, https://second.example" } }""";

    [Theory]
    [InlineData("GET", "/api/anything", HttpStatusCode.OK)]
    [InlineData("GET", "/api/unknown", HttpStatusCode.NotFound)]
    [InlineData("POST", "/api/items/7", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/echo", HttpStatusCode.InternalServerError)]
    public async Task A_listed_origin_may_read_every_answer(string method, string path, HttpStatusCode status)
    {
        await using var host = await new TestHost(typeof(Pages), localSettings: TwoOrigins)
            .StartAsync((_, _) => throw new InvalidTimeZoneException());

        using var response = await SendAsync(host, method, path, Site);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(Site, Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.False(response.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task A_preflight_is_answered_without_the_function()
    {
        await using var host = await new TestHost(typeof(Pages), localSettings: TwoOrigins).StartAsync(async (_, _) => { });

        using var response = await SendAsync(host, "OPTIONS", "/api/echo", Site, "Access-Control-Request-Method", "POST",
            "Access-Control-Request-Headers", "authorization,content-type");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(Site, Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Equal("POST", Assert.Single(response.Headers.GetValues("Access-Control-Allow-Methods")));
        Assert.Equal("authorization,content-type", Assert.Single(response.Headers.GetValues("Access-Control-Allow-Headers")));
    }

    [Theory]
    [InlineData(TwoOrigins, "http://localhost:4281")]
    [InlineData(TwoOrigins, "https://sub.second.example")]
    [InlineData(null, Site)]
    public async Task Another_origin_gets_no_headers(string? localSettings, string origin)
    {
        await using var host = await new TestHost(typeof(Pages), localSettings: localSettings).StartAsync(async (_, _) => { });

        using var response = await SendAsync(host, "GET", "/api/anything", origin);

        Assert.DoesNotContain(response.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Credentials_and_any_origin_are_settings_too()
    {
        await using var one = await new TestHost(typeof(Pages), localSettings: """
            { "Host": { "CORS": "http://localhost:4280", "CORSCredentials": true } }
            """).StartAsync(async (_, _) => { });
        await using var any = await new TestHost(typeof(Pages), localSettings: """{ "Host": { "CORS": "*" } }""")
            .StartAsync(async (_, _) => { });

        using var withCredentials = await SendAsync(one, "GET", "/api/anything", Site);
        using var fromAnywhere = await SendAsync(any, "GET", "/api/anything", "https://anywhere.example");

        Assert.Equal("true", Assert.Single(withCredentials.Headers.GetValues("Access-Control-Allow-Credentials")));
        Assert.Equal("*", Assert.Single(fromAnywhere.Headers.GetValues("Access-Control-Allow-Origin")));
    }

    private static async Task<HttpResponseMessage> SendAsync(
        TestHost host, string method, string path, string origin, params string[] headers)
    {
        using var request = new HttpRequestMessage(new(method), path) { Headers = { { "Origin", origin } } };
        foreach (var header in headers.Chunk(2))
        {
            request.Headers.Add(header[0], header[1]);
        }

        return await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
