using System.Net;
using System.Net.Sockets;
using System.Text;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Edge;

/// <summary>What a stranger can send without a token, or with one that is none: refused at once, and never our error.</summary>
public sealed class HostileCallsTests(QuietCloud quiet) : IAsyncLifetime
{
    private const string Form = "multipart/form-data; boundary=x";
    private const string BadToken = "Authorization: Bearer x\r\n";

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    private App _app = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _app = await App.StartAsync(quiet.Cloud);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task A_form_of_90_MiB_is_refused_before_its_first_byte()
    {
        using var client = new TcpClient();
        await SendAsync(client, "signature", $"{BadToken}Content-Type: {Form}\r\nContent-Length: 94371840\r\n\r\n");
        // The host hands answers on behind the whole body; the app has long given its own.
        await Wait.ForAsync("the refusal", () => Task.FromResult(
            _app.Logs.Entries.FirstOrDefault(entry => entry.Contains("signature answers 401 invalid_token", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task A_form_that_holds_a_token_is_not_read()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "signature")
        {
            Content = new FormUrlEncodedContent([new("access_token", _app.As(Accounts.Bob).Token)]),
        };
        Assert.Equal((HttpStatusCode.Unauthorized, "missing_token"), await SendAsync(request));
    }

    [Theory]
    [InlineData("signature", "application/x-www-form-urlencoded; charset=utf-7", "invalid_token")]
    [InlineData("signature", "multipart/form-data; boundary=x; charset=utf-7", "invalid_token")]
    [InlineData("signature", "multipart/form-data", "invalid_token")]
    [InlineData("webhook", "application/json; charset=utf-7", "unsupported_media_type")]
    [InlineData("webhook", "application/json; charset=\"\\\"", "unsupported_media_type")]
    public async Task A_content_type_that_nobody_can_decode_is_refused_in_order(string path, string type, string code)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent("a=b"u8.ToArray()) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer x");
        Assert.Equal(code, (await SendAsync(request)).Code);
    }

    [Fact]
    public async Task A_body_that_breaks_is_the_caller_s_error()
    {
        (string Path, string Type, string Body)[] broken =
        [
            ("signature", Form, "Transfer-Encoding: chunked\r\n\r\nzz\r\n"),
            ("signature", Form, "Transfer-Encoding: chunked\r\n\r\n400\r\n--x"),
            ("signature", Form, "Content-Length: 1024\r\n\r\n--x"),
            ("webhook", "application/json", "Transfer-Encoding: chunked\r\n\r\nzz\r\n"),
            ("webhook", "application/json", "Transfer-Encoding: chunked\r\n\r\n400\r\n{"),
            ("webhook", "application/json", "Content-Length: 1024\r\n\r\n{"),
        ];
        // All at once: the host waits for some time for what is missing.
        var answers = await Task.WhenAll(broken.Select(one => AskAsync(one.Path, $"{BadToken}Content-Type: {one.Type}\r\n{one.Body}")));
        Assert.All(answers, status => Assert.Matches("^(HTTP/1.1 4[0-9][0-9] |$)", status));
        Assert.DoesNotContain(_app.Logs.Entries, entry => entry.StartsWith("Error SecureZoom", StringComparison.Ordinal));
    }

    private async Task<(HttpStatusCode Status, string? Code)> SendAsync(HttpRequestMessage request)
    {
        var answer = await Answer.OfAsync(await _app.Http.SendAsync(request, Cancellation));
        return (answer.Status, answer.Code);
    }

    /// <returns>The answer's first line; empty when the connection ended, or was reset, without one.</returns>
    private async Task<string> AskAsync(string path, string rest)
    {
        using var client = new TcpClient();
        var stream = await SendAsync(client, path, rest);
        client.Client.Shutdown(SocketShutdown.Send);
        using var reader = new StreamReader(stream);
        try
        {
            return await reader.ReadLineAsync(Cancellation).AsTask().WaitAsync(Deadline, Cancellation) ?? "";
        }
        catch (IOException fault) when (fault.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            return "";
        }
    }

    private async Task<NetworkStream> SendAsync(TcpClient client, string path, string rest)
    {
        await client.ConnectAsync("127.0.0.1", _app.Http.BaseAddress!.Port, Cancellation);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /api/{path} HTTP/1.1\r\nHost: localhost\r\n{rest}"), Cancellation);
        return stream;
    }
}
