using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using SecureZoom.LocalHost.Tests.Support;

namespace SecureZoom.LocalHost.Tests;

public sealed class HttpTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private readonly TestHost _host = shared.Host;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("POST", "/api/items/7")]
    [InlineData("GET", "/api/unknown")]
    [InlineData("GET", "/items/7")]
    [InlineData("GET", "/")]
    [InlineData("GET", "/api/items/seven")]
    [InlineData("HEAD", "/api/echo")]
    [InlineData("OPTIONS", "/api/echo")]
    [InlineData("HEAD", "/api/sloppy")]
    [InlineData("OPTIONS", "/api/sloppy")]
    [InlineData("HEAD", "/api/anything")]
    public async Task What_the_host_does_not_route_is_an_empty_404(string method, string path)
    {
        using var request = new HttpRequestMessage(new(method), path);
        using var response = await _host.Client.SendAsync(request, Cancelled);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Cancelled));
        Assert.Null(response.Content.Headers.ContentType);
        Assert.Empty(response.Content.Headers.Allow);
        // Where the worker's answers come from: this one has not seen it.
        Assert.Empty(response.Headers.Server);
    }

    [Theory]
    [InlineData("GET", "/api/items/7", "GetItem 7")]
    [InlineData("DELETE", "/api/items/8", "DeleteItem 8")]
    [InlineData("GET", "/api/items/newest", "GetNewestItem")]
    [InlineData("GET", "/api/files", "GetFile ")]
    [InlineData("GET", "/api/files/a%20b", "GetFile a b")]
    [InlineData("GET", "/api/pages", "GetPage ")]
    [InlineData("GET", "/api/pages/3", "GetPage 3")]
    [InlineData("GET", "/api/keys/0f8fad5b-d9cb-469f-a165-70867728950e", "GetKey 0f8fad5b-d9cb-469f-a165-70867728950e")]
    [InlineData("GET", "/api/tree/a/b", "GetTree a/b")]
    [InlineData("GET", "/API/Sloppy", "Sloppy")]
    [InlineData("GET", "/api/nothing", "")]
    public async Task Routes_and_their_values_are_read_as_in_Azure(string method, string path, string expected)
    {
        using var request = new HttpRequestMessage(new(method), path);
        using var response = await _host.Client.SendAsync(request, Cancelled);

        Assert.Equal(expected, await response.Content.ReadAsStringAsync(Cancelled));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [InlineData("POST")]
    public async Task A_trigger_without_methods_takes_them_all(string method)
    {
        using var request = new HttpRequestMessage(new(method), "/api/anything");
        using var response = await _host.Client.SendAsync(request, Cancelled);

        Assert.Equal(method, await response.Content.ReadAsStringAsync(Cancelled));
    }

    [Fact]
    public async Task A_function_sees_the_callers_path_query_host_and_scheme()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/echo?a=b%2Fc&d=%C3%BC") { Headers = { Host = "example.org:81" } };

        Assert.Equal("http://example.org:81/api/echo?a=b%2Fc&d=%C3%BC", (await EchoAsync(request)).GetProperty("url").GetString());
    }

    [Fact]
    public async Task What_a_caller_says_of_the_way_it_came_is_replaced_by_the_connections_address()
    {
        using var client = await RawClient.ConnectAsync(_host.Address);
        await client.SendAsync("""
            GET /api/echo HTTP/1.1
            Host: localhost
            Connection: close
            X-Forwarded-For: 203.0.113.9
            X-Forwarded-For: 203.0.113.10:99
            X-Forwarded-Host: evil.example
            X-Forwarded-Proto: https
            x-ms-invocation-id: 0f8fad5b-d9cb-469f-a165-70867728950e


            """.ReplaceLineEndings("\r\n"));

        var answer = await client.ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.Contains($"\"caller\":\"{client.LocalEndPoint}\"", answer, StringComparison.Ordinal);
        Assert.Contains("http://localhost/api/echo", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("203.0.113", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("0f8fad5b", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_callers_trace_goes_on()
    {
        const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/echo")
        {
            Headers = { { "traceparent", Trace }, { "tracestate", "vendor=1" } },
        };
        var seen = await EchoAsync(request);

        Assert.Equal(Trace, seen.GetProperty("traceParent").GetString());
        Assert.Equal("vendor=1", seen.GetProperty("traceState").GetString());
        Assert.Equal(Trace, seen.GetProperty("headers").GetProperty("traceparent").GetString());
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(3 * 1024 * 1024, false)]
    [InlineData(3 * 1024 * 1024, true)]
    [InlineData(40 * 1024 * 1024, true)]
    public async Task Bodies_arrive_byte_for_byte(int length, bool chunked)
    {
        var body = RandomNumberGenerator.GetBytes(length);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/hash") { Content = new ByteArrayContent(body) };
        request.Headers.TransferEncodingChunked = chunked;
        using var response = await _host.Client.SendAsync(request, Cancelled);

        Assert.Equal(SHA256.HashData(body), await response.Content.ReadAsByteArrayAsync(Cancelled));
    }

    [Fact]
    public async Task A_body_above_100_MB_is_refused_before_it_is_sent()
    {
        using var client = await RawClient.ConnectAsync(_host.Address);
        await client.SendAsync($"POST /api/hash HTTP/1.1\r\nHost: x\r\nContent-Length: {100 * 1024 * 1024 + 1}\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 413", await client.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Empty(_host.Containing("Function Hash failed"));
    }

    [Fact]
    public async Task A_stream_reaches_the_client_as_it_is_flushed()
    {
        using var reader = new StreamReader(await _host.Client.GetStreamAsync("/api/flow/streaming", Cancelled));
        Assert.Equal("first", await reader.ReadLineAsync(Cancelled));
        (await _host.Stage.NextAsync("streaming")).GoOn();
        Assert.Equal("second", await reader.ReadLineAsync(Cancelled));
    }

    [Fact]
    public async Task An_exception_is_an_empty_500_and_a_line_in_the_log()
    {
        var call = _host.Client.GetAsync("/api/act/throwing", Cancelled);
        (await _host.Stage.NextAsync("throwing")).Throw();
        using var response = await call;

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Cancelled));
        Assert.False(response.Headers.Contains("Secret"));
        await _host.PrintsAsync("Function Act failed");
        Assert.Single(_host.Lines, line => line.Contains("Function Act failed", StringComparison.Ordinal)
            && line.Contains("System.InvalidTimeZoneException: not for the client", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_exception_after_the_answer_began_cuts_the_connection()
    {
        using var client = await RawClient.ConnectAsync(_host.Address);
        await client.SendAsync("GET /api/flow/breaking HTTP/1.1\r\nHost: x\r\n\r\n");
        (await _host.Stage.NextAsync("breaking")).Throw();

        var error = await Record.ExceptionAsync(client.ReadToEndAsync);

        // Cut by a reset, or at least without the last chunk.
        Assert.True(error is IOException, $"{error}");
        await _host.PrintsAsync("Function Flow failed");
    }

    [Fact]
    public async Task A_client_that_goes_away_cancels_the_function()
    {
        using var leaving = new CancellationTokenSource();
        var call = _host.Client.PostAsJsonAsync("/api/act/left", "body", leaving.Token);
        var running = await _host.Stage.NextAsync("left");
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await _host.Stage.NextAsync("cancelled left");
        running.GoOn();
    }

    [Fact]
    public async Task A_client_that_goes_away_in_the_middle_of_an_answer_cancels_the_function()
    {
        var client = await RawClient.ConnectAsync(_host.Address);
        await client.SendAsync("GET /api/flow/halfway HTTP/1.1\r\nHost: x\r\n\r\n");
        var running = await _host.Stage.NextAsync("halfway");
        client.Reset();

        await _host.Stage.NextAsync("cancelled halfway");
        running.GoOn();
    }

    private async Task<JsonElement> EchoAsync(HttpRequestMessage request)
    {
        using var response = await _host.Client.SendAsync(request, Cancelled);
        return await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(Cancelled);
    }
}
