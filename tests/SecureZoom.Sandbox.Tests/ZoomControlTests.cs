using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using SecureZoom.Sandbox.Hosting;
using SecureZoom.Sandbox.Zoom;

namespace SecureZoom.Sandbox.Tests;

/// <summary>What a stand-in for Zoom owes its tests: faults, the requests that came, and a restart that keeps everything.</summary>
public sealed class ZoomControlTests : ZoomStandInTest
{
    [Fact]
    public async Task A_restart_keeps_the_meetings()
    {
        using var folder = new TemporaryFolder();
        var options = ZoomClient.Options with { DataFile = folder.File("zoom.json") };
        JsonObject created;
        await using (var first = await ZoomStandIn.StartAsync(options, Cancellation))
        {
            using var client = new ZoomClient(first);
            await client.SignInAsync();
            created = await client.CreateMeetingAsync();
        }

        await using var second = await ZoomStandIn.StartAsync(options, Cancellation);
        using var sameClient = new ZoomClient(second);
        await sameClient.SignInAsync();
        using var response = await sameClient.SendAsync(HttpMethod.Get, $"v2/meetings/{created["id"]}");

        var read = await Browser.ReadAsync(response);
        created.Remove("start_url");
        read.Remove("start_url");
        Assert.True(JsonNode.DeepEquals(created, read), read.ToJsonString());
        TemporaryFolder.AssertForOwnerOnly(options.DataFile);
    }

    [Fact]
    public async Task A_damaged_data_file_is_said_and_kept()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("zoom.json");
        await File.WriteAllTextAsync(file, "[{", Cancellation);

        var fault = await Assert.ThrowsAsync<SandboxException>(
            () => ZoomStandIn.StartAsync(ZoomClient.Options with { DataFile = file }, Cancellation));

        Assert.Contains(file, fault.Message, StringComparison.Ordinal);
        Assert.Equal("[{", await File.ReadAllTextAsync(file, Cancellation));
    }

    [Fact]
    public async Task Faults_strike_by_method_and_path_prefix_and_can_be_cleared()
    {
        using var added = await _client.SendRawAsync(
            HttpMethod.Post, "sandbox/faults", """{"path":"/v2/users","method":"POST","status":429,"times":9,"retryAfter":"2026-11-25T00:00:00Z"}""");
        using var get = await _client.SendAsync(HttpMethod.Get, "v2/users/alice@acme.example");
        using var post = await _client.SendRawAsync(HttpMethod.Post, "v2/users/alice@acme.example/meetings", "{}");
        using var cleared = await _client.SendAsync(HttpMethod.Delete, "sandbox/faults");
        using var again = await _client.SendRawAsync(HttpMethod.Post, "v2/users/alice@acme.example/meetings", "{}");

        Assert.Equal(HttpStatusCode.NoContent, added.StatusCode);
        Assert.Equal(HttpStatusCode.OK, get.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, post.StatusCode);
        Assert.Equal("2026-11-25T00:00:00Z", post.Headers.GetValues("Retry-After").Single());
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"path":"/v2","status":99}""")]
    [InlineData("""{"path":"/v2","status":"bad"}""")]
    public async Task A_fault_that_cannot_be_is_refused(string body)
    {
        using var response = await _client.SendRawAsync(HttpMethod.Post, "sandbox/faults", body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Requests_are_kept_without_credentials()
    {
        await _client.CreateMeetingAsync(new() { ["topic"] = "Kept" });
        using var response = await _client.SendAsync(HttpMethod.Get, "sandbox/requests");

        var text = await response.Content.ReadAsStringAsync(Cancellation);
        var requests = JsonNode.Parse(text)!.AsArray();
        Assert.Equal(["/oauth/token", "/v2/users/alice@acme.example/meetings"], requests.Select(request => (string?)request!["path"]));
        Assert.Null(requests[0]!["body"]);
        Assert.Equal("Bearer ***", (string?)requests[1]!["authorization"]);
        Assert.Equal("Kept", (string?)requests[1]!["body"]!["topic"]);
        Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ZoomClient.ClientId}:{ZoomClient.ClientSecret}")), text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_web_page_cannot_use_the_sandboxs_own_calls()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "sandbox/faults");
        request.Content = new StringContent("""{"path":"/","status":500}""", Encoding.UTF8, "text/plain");
        using var response = await _client.SendAsync(request);
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "sandbox/faults");
        preflight.Headers.Add("Origin", "http://evil.example");
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        using var leave = await _client.SendAsync(preflight);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.False(leave.Headers.Contains("Access-Control-Allow-Origin"));
    }
}
