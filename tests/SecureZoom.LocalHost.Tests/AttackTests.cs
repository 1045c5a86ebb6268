using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using SecureZoom.LocalHost.Tests.Support;

namespace SecureZoom.LocalHost.Tests;

/// <summary>What no decent client does: it harms nobody else, and nothing stalls.</summary>
public sealed class AttackTests(SharedHost shared) : IClassFixture<SharedHost>
{
    // The worker waits five seconds for the other half of a call: whatever answers sooner has not stalled.
    private static readonly TimeSpan _stall = TimeSpan.FromSeconds(4);

    private readonly TestHost _host = shared.Host;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Transfer-Encoding: chunked", "ZZ\r\nabc\r\n", "400")]
    [InlineData("Transfer-Encoding: chunked", "3\r\nabcdef\r\n0\r\n\r\n", "400")]
    [InlineData("Transfer-Encoding: chunked", "fffffffffffffffff\r\nabc", "400")]
    [InlineData("Transfer-Encoding: chunked, identity", "3\r\nabc\r\n0\r\n\r\n", "400")]
    [InlineData("Content-Length: -1", "abc", "400")]
    [InlineData("Content-Length: 3\r\nContent-Length: 4", "abc", "400")]
    public async Task A_broken_body_is_answered_at_once_and_no_failure_of_the_function(string header, string body, string status)
    {
        var clock = Stopwatch.StartNew();
        using var client = await RawClient.ConnectAsync(_host.Address);
        await client.SendAsync($"POST /api/hash HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{header}\r\n\r\n{body}");

        Assert.StartsWith($"HTTP/1.1 {status}", await client.ReadLineAsync(), StringComparison.Ordinal);
        Assert.True(clock.Elapsed < _stall, $"{clock.Elapsed}");
        await IsFineAsync();
    }

    [Fact]
    public async Task A_client_that_leaves_in_the_middle_of_its_body_leaves_nothing_behind()
    {
        var client = await RawClient.ConnectAsync(_host.Address);
        await client.SendAsync("POST /api/act/half HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nhalf of it");
        var running = await _host.Stage.NextAsync("half");
        client.Reset();

        await _host.Stage.NextAsync("cancelled half");
        running.GoOn();
        await IsFineAsync();
    }

    [Theory]
    [InlineData(31 * 1024, "HTTP/1.1 200 OK")]
    [InlineData(31 * 1024 + 1, "HTTP/1.1 431 Request Header Fields Too Large")]
    [InlineData(32 * 1024, "HTTP/1.1 431 Request Header Fields Too Large")]
    [InlineData(34 * 1024, "HTTP/1.1 431 Request Header Fields Too Large")]
    public async Task Headers_above_31_KB_are_refused_and_those_below_reach_the_function_at_once(int size, string expected)
    {
        const string Headers = "Host: x\r\nConnection: close\r\nX-Long: \r\n";
        var clock = Stopwatch.StartNew();
        using var client = await RawClient.ConnectAsync(_host.Address);
        await client.SendAsync($"GET /api/nothing HTTP/1.1\r\n{Headers.Insert(Headers.Length - 2, new string('x', size - Headers.Length))}\r\n");

        Assert.Equal(expected, await client.ReadLineAsync());
        Assert.True(clock.Elapsed < _stall, $"{clock.Elapsed}");
        await IsFineAsync();
    }

    /// <summary>Up to 8,160 bytes as the worker gets it: what a client should have encoded itself is three there.</summary>
    [Theory]
    [InlineData('x', 8_150, "HTTP/1.1 200 OK")]
    [InlineData('x', 8_151, "HTTP/1.1 414 URI Too Long")]
    [InlineData('x', 8_500, "HTTP/1.1 414 URI Too Long")]
    [InlineData('"', 2_716, "HTTP/1.1 200 OK")]
    [InlineData('"', 2_717, "HTTP/1.1 414 URI Too Long")]
    [InlineData('|', 2_716, "HTTP/1.1 200 OK")]
    [InlineData('|', 2_717, "HTTP/1.1 414 URI Too Long")]
    public async Task A_URL_that_is_too_long_is_refused_and_a_shorter_one_reaches_the_function_at_once(char letter, int count, string expected)
    {
        var clock = Stopwatch.StartNew();
        using var client = await RawClient.ConnectAsync(_host.Address);
        await client.SendAsync($"GET /api/tree/{new string(letter, count)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        Assert.Equal(expected, await client.ReadLineAsync());
        Assert.True(clock.Elapsed < _stall, $"{clock.Elapsed}");
        await IsFineAsync();
    }

    [Theory]
    [InlineData("/api//echo", "404")]
    [InlineData("//api/echo", "404")]
    [InlineData("/api/tree/../echo", "/api/echo")]
    [InlineData("/api/tree/%2e%2e/echo", "/api/echo")]
    [InlineData("/api/tree/..%2fecho", "GetTree ..%2fecho")]
    [InlineData("/api/tree//echo", "GetTree /echo")]
    [InlineData("/api/tree/a%2fb", "GetTree a%2fb")]
    [InlineData("/api/tree/a%5c..%5cb", @"GetTree a\..\b")]
    [InlineData("/api/tree/%252e%252e/echo", "GetTree %2e%2e/echo")]
    [InlineData("/api/echo/", "/api/echo/")]
    [InlineData("/api/echo;a=b", "404")]
    [InlineData("/api/echo%00", "400")]
    [InlineData("http://evil.example/api/tree/a", "400")]
    [InlineData("http://x/api/tree/a", "GetTree a")]
    [InlineData("*", "405")]
    public async Task A_strange_path_reaches_the_function_that_it_is_routed_to_or_none(string target, string expected)
    {
        var clock = Stopwatch.StartNew();
        using var client = await RawClient.ConnectAsync(_host.Address);
        await client.SendAsync($"GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        Assert.Contains(expected, await client.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.True(clock.Elapsed < _stall, $"{clock.Elapsed}");
    }

    [Theory]
    [InlineData("Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")]
    [InlineData("Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__")]
    [InlineData("Expect: 100-continue\r\nContent-Length: 0\r\nConnection: close")]
    [InlineData("TE: trailers\r\nConnection: close, x-ms-invocation-id, X-Forwarded-For")]
    public async Task An_upgrade_that_nobody_offers_is_a_request_like_any_other(string headers)
    {
        using var client = await RawClient.ConnectAsync(_host.Address);
        await client.SendAsync($"GET /api/tree/upgrade HTTP/1.1\r\nHost: x\r\n{headers}\r\n\r\n");

        Assert.Equal("HTTP/1.1 200 OK", await client.ReadLineAsync());
    }

    [Fact]
    public async Task HTTP_1_0_without_a_host_is_answered()
    {
        using var client = await RawClient.ConnectAsync(_host.Address);
        await client.SendAsync("GET /api/tree/old HTTP/1.0\r\n\r\n");

        var answer = await client.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 200 OK", answer, StringComparison.Ordinal);
        Assert.EndsWith("GetTree old", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HTTP_2_without_TLS_is_refused()
    {
        using var client = await RawClient.ConnectAsync(_host.Address);
        await client.SendAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

        Assert.DoesNotContain("200", await client.ReadToEndAsync(), StringComparison.Ordinal);
        await IsFineAsync();
    }

    [Fact]
    public async Task Clients_that_never_read_hold_up_nobody_and_end_with_their_connection()
    {
        var clients = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => RawClient.ConnectAsync(_host.Address)));
        foreach (var client in clients)
        {
            await client.SendAsync("GET /api/flood/flooded HTTP/1.1\r\nHost: x\r\n\r\n");
            Assert.Equal("HTTP/1.1 200 OK", await client.ReadLineAsync());
        }

        await IsFineAsync();
        Array.ForEach(clients, client => client.Reset());

        foreach (var _ in clients)
        {
            (await _host.Stage.NextAsync("flooded")).GoOn();
        }
    }

    [Fact]
    public async Task Requests_one_after_the_other_in_one_packet_are_all_answered_in_order()
    {
        using var client = await RawClient.ConnectAsync(_host.Address);
        await client.SendAsync(string.Concat(Enumerable.Range(0, 50).Select(n =>
            $"GET /api/items/{n} HTTP/1.1\r\nHost: x\r\n{(n == 49 ? "Connection: close\r\n" : "")}\r\n")));

        var answers = (await client.ReadToEndAsync()).Split("HTTP/1.1 200 OK", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(50, answers.Length);
        Assert.All(answers.Index(), answer => Assert.Contains($"GetItem {answer.Index}", answer.Item, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Host:", "HTTP/1.1 200 OK")]
    [InlineData("Host: !$&'()-_~.", "HTTP/1.1 200 OK")]
    [InlineData("Host: localhost:99999999", "HTTP/1.1 200 OK")]
    [InlineData("Host: x\r\nName: \u00c3\u00bc", "HTTP/1.1 200 OK")]
    public async Task A_strange_header_is_no_failure(string header, string expected)
    {
        var clock = Stopwatch.StartNew();
        using var client = await RawClient.ConnectAsync(_host.Address);
        await client.SendAsync($"GET /api/items/1 HTTP/1.1\r\n{header}\r\nConnection: close\r\n\r\n");

        Assert.Equal(expected, await client.ReadLineAsync());
        Assert.True(clock.Elapsed < _stall, $"{clock.Elapsed}");
        await IsFineAsync();
    }

    [Theory]
    [InlineData(96, "HTTP/1.1 200 OK")]
    [InlineData(97, "HTTP/1.1 431 Request Header Fields Too Large")]
    public async Task More_headers_than_the_worker_takes_are_refused_at_once(int count, string expected)
    {
        using var client = await RawClient.ConnectAsync(_host.Address);
        var more = string.Concat(Enumerable.Range(0, count - 2).Select(n => $"H{n}: 1\r\n"));
        await client.SendAsync($"GET /api/items/1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{more}\r\n");

        Assert.Equal(expected, await client.ReadLineAsync());
        await IsFineAsync();
    }

    [Fact]
    public async Task A_thousand_clients_that_leave_at_any_moment_leave_nothing_behind()
    {
        await Parallel.ForAsync(0, 1_000, Cancelled, async (_, token) =>
        {
            using var leaving = CancellationTokenSource.CreateLinkedTokenSource(token);
            leaving.CancelAfter(TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * 5));
            try
            {
                using var answer = await _host.Client.PostAsync("/api/hash", new ByteArrayContent(new byte[20_000]), leaving.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or HttpRequestException)
            {
                // It has left.
            }
        });

        await IsFineAsync();
    }

    /// <summary>The host answers, and has said nothing of any failure.</summary>
    private async Task IsFineAsync()
    {
        Assert.Equal("GetItem 1", await _host.Client.GetStringAsync("/api/items/1", Cancelled));
        // What the worker's own server says of a body that a function was reading is not the host's to keep.
        var failures = _host.Containing("fail").Concat(_host.Containing("   at ")).Except(_host.Containing("Microsoft.AspNetCore.Server.Kestrel[0]"));
        Assert.Equal("", string.Join(Environment.NewLine, failures));
    }
}
