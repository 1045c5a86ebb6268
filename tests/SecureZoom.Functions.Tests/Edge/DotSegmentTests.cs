using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Edge;

/// <summary>An address with dot segments leads nowhere: not to the call that is left when a server has resolved them.</summary>
public sealed class DotSegmentTests(QuietCloud quiet) : IAsyncLifetime
{
    private App _app = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _app = await App.StartAsync(quiet.Cloud);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [InlineData("DELETE", "meetings/#/invitations/%2e%2e", "400 Bad Request")]
    [InlineData("DELETE", "meetings/#/invitations/..", "400 Bad Request")]
    [InlineData("DELETE", "meetings/#/invitations/.%2E", "400 Bad Request")]
    [InlineData("DELETE", "meetings/#/invitations/%2e%2e/", "400 Bad Request")]
    [InlineData("DELETE", "meetings/#/end/..?x=1", "400 Bad Request")]
    [InlineData("DELETE", "meetings/#/", "400 Bad Request")]
    [InlineData("DELETE", "meetings/#/invitations/x%2f..", "404 Not Found")]
    [InlineData("DELETE", "meetings/#/invitations/%2e%2e%2f%2e%2e", "404 Not Found")]
    [InlineData("DELETE", "meetings/#/invitations/%252e%252e", "404 Not Found")]
    [InlineData("DELETE", "meetings/#/invitations/%2e%2e%5c", "404 Not Found")]
    [InlineData("DELETE", "meetings/x%2f..%2f#", "404 Not Found")]
    [InlineData("GET", "meetings/#/invitations/%2e", "400 Bad Request")]
    [InlineData("GET", "meetings/%2e", "400 Bad Request")]
    [InlineData("GET", "audit/verification/%2e%2e", "400 Bad Request")]
    public async Task It_is_refused_and_nothing_happens_to_the_meeting(string method, string path, string status)
    {
        var alice = _app.As(Accounts.Alice);
        var number = (await alice.PostAsync("meetings", new JsonObject { ["topic"] = "Kept" })).Json["id"]!.ToString();
        Assert.Equal($"HTTP/1.1 {status}", await AskAsync(method, path.Replace("#", number, StringComparison.Ordinal), alice.Token));
        Assert.Equal(HttpStatusCode.OK, (await alice.GetAsync($"meetings/{number}")).Status);
    }

    /// <summary>Sends an address as it is, which a client would resolve first, and reads the first line of the answer.</summary>
    private async Task<string?> AskAsync(string method, string path, string token)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", _app.Http.BaseAddress!.Port, Cancellation);
        var stream = client.GetStream();
        var head = $"{method} /api/{path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), Cancellation);
        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync(Cancellation);
    }
}
