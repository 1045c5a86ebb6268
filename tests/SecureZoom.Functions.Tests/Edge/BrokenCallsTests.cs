using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Tests.Audit;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Edge;

/// <summary>Callers who leave in the middle, and bodies that are not what their headers announce, are nobody's error.</summary>
public sealed class BrokenCallsTests(QuietCloud quiet) : IAsyncLifetime
{
    private readonly StorageTap _storage = new();
    private App _app = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _app = await App.StartAsync(quiet.Cloud, services: services => _storage.Tap(services, quiet.Cloud));

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n8000\r\n", "\r\nzz\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n9000\r\n", "")]
    [InlineData("Content-Length: 40000\r\n\r\n", "")]
    public async Task A_broken_body_does_nothing_and_is_no_error(string head, string end)
    {
        using (var client = new TcpClient())
        {
            // More than anything on the way keeps back.
            var begun = "{\"topic\":\"".PadRight(0x8000, 'a');
            var stream = await SendAsync(client, "POST", $"Content-Type: application/json\r\n{head}{begun}");
            await SaysAsync("Executing endpoint 'meetings-create'");
            await stream.WriteAsync(Encoding.ASCII.GetBytes(end), Cancellation);
            client.Client.Shutdown(SocketShutdown.Send);
            // Answered, or hung up on.
            await Record.ExceptionAsync(() => stream.CopyToAsync(Stream.Null, Cancellation));
        }

        await SaysAsync("Executed endpoint 'meetings-create'");
        AssertNoError();
    }

    [Fact]
    public async Task A_caller_who_leaves_before_the_answer_is_no_error()
    {
        _storage.Hangs = operation => operation.Contains("/meetings", StringComparison.Ordinal);
        using (var client = new TcpClient())
        {
            client.LingerState = new LingerOption(enable: true, seconds: 0);
            await SendAsync(client, "GET", "\r\n");
            await _storage.Hanging;
        }

        _storage.Hangs = _ => false;
        await SaysAsync("Executed endpoint 'meetings-list'");
        AssertNoError();
    }

    [Fact]
    public async Task A_caller_who_leaves_in_the_middle_of_an_export_is_no_error()
    {
        var organization = Story.NewOrganization();
        await _app.Services.GetRequiredService<AuditTrail>().AppendAsync(organization, Story.Events(1001), Cancellation);
        _storage.Hangs = operation => operation.Contains("NextRowKey", StringComparison.Ordinal);
        using (var response = await _app.Http.SendAsync(Export(organization, "text/csv"), HttpCompletionOption.ResponseHeadersRead, Cancellation))
        {
            await _storage.Hanging;
        }

        await SaysAsync("Executed endpoint 'audit'");
        _storage.Hangs = _ => false;
        AssertNoError();
    }

    [Theory]
    [InlineData("application/x-ndjson")]
    [InlineData("text/csv")]
    public async Task Nobody_can_take_half_an_export_for_a_whole_one(string format)
    {
        var organization = Story.NewOrganization();
        await _app.Services.GetRequiredService<AuditTrail>().AppendAsync(organization, Story.Events(1001), Cancellation);
        _storage.Fails = operation => operation.Contains("NextRowKey", StringComparison.Ordinal);
        using var response = await _app.Http.SendAsync(Export(organization, format), HttpCompletionOption.ResponseHeadersRead, Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await Assert.ThrowsAsync<HttpRequestException>(() => response.Content.CopyToAsync(Stream.Null, Cancellation));
    }

    private HttpRequestMessage Export(string organization, string format) => new(HttpMethod.Get, $"audit?organization={organization}")
    {
        Headers = { { "Accept", format }, { "Authorization", $"Bearer {_app.As(Accounts.Olive).Token}" } },
    };

    private async Task<NetworkStream> SendAsync(TcpClient client, string method, string rest)
    {
        await client.ConnectAsync("127.0.0.1", _app.Http.BaseAddress!.Port, Cancellation);
        var stream = client.GetStream();
        var head = $"{method} /api/meetings HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {_app.As(Accounts.Carol).Token}\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head + rest), Cancellation);
        return stream;
    }

    private void AssertNoError()
    {
        // What the worker's own server says of a connection that breaks while a request is handed over is not the app's.
        var errors = _app.Logs.Entries
            .Where(entry => entry.StartsWith("Error", StringComparison.Ordinal) || entry.StartsWith("Critical", StringComparison.Ordinal))
            .Except(_app.Logs.Entries.Where(entry => entry.StartsWith("Error Microsoft.AspNetCore.Server.Kestrel ", StringComparison.Ordinal)));
        Assert.True(!errors.Any(), string.Join(Environment.NewLine, errors));
    }

    private Task<string> SaysAsync(string text) => Wait.ForAsync(text, () => Task.FromResult(
        _app.Logs.Entries.FirstOrDefault(entry => entry.Contains(text, StringComparison.Ordinal))));
}
