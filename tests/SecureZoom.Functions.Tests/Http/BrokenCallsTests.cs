using System.Net.Sockets;
using System.Text;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Http;

/// <summary>Callers who leave in the middle, and bodies that are not what their headers announce, are nobody's error.</summary>
public sealed class BrokenCallsTests(QuietCloud quiet) : IAsyncLifetime
{
    private App _app = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _app = await App.StartAsync(quiet.Cloud);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nzz\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5\r\n{\"top")]
    [InlineData("Content-Length: 100\r\n\r\n{\"topic\":")]
    public async Task A_broken_body_does_nothing_and_is_no_error(string rest)
    {
        using (var client = new TcpClient())
        {
            await client.ConnectAsync("127.0.0.1", _app.Http.BaseAddress!.Port, Cancellation);
            var head = $"POST /api/meetings HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {_app.As(Accounts.Carol).Token}\r\nContent-Type: application/json\r\n";
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head + rest), Cancellation);
            client.Client.Shutdown(SocketShutdown.Send);
            await client.GetStream().CopyToAsync(Stream.Null, Cancellation);
        }

        await WhenEndedAsync("meetings-create");
        Assert.DoesNotContain(_app.Logs.Entries, IsError);
    }

    [Fact]
    public async Task A_caller_who_leaves_before_the_answer_is_no_error()
    {
        using (var client = new TcpClient())
        {
            client.LingerState = new LingerOption(enable: true, seconds: 0);
            await client.ConnectAsync("127.0.0.1", _app.Http.BaseAddress!.Port, Cancellation);
            var head = $"GET /api/meetings HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {_app.As(Accounts.Carol).Token}\r\n\r\n";
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), Cancellation);
        }

        await WhenEndedAsync("meetings-list");
        Assert.DoesNotContain(_app.Logs.Entries, IsError);
    }

    private static bool IsError(string entry) =>
        entry.StartsWith("Error", StringComparison.Ordinal) || entry.StartsWith("Critical", StringComparison.Ordinal);

    private Task<string> WhenEndedAsync(string function) => Wait.ForAsync("the end of the call", () => Task.FromResult(
        _app.Logs.Entries.FirstOrDefault(entry => entry.Contains(function, StringComparison.Ordinal) && entry.Contains("completed", StringComparison.OrdinalIgnoreCase))));
}
