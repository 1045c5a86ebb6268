using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using SecureZoom.Sandbox.Zoom;

namespace SecureZoom.Sandbox.Tests;

/// <summary>Calls the Zoom stand-in as an app does.</summary>
internal sealed class ZoomClient(ZoomStandIn zoom) : IDisposable
{
    public const string AccountId = "account";
    public const string ClientId = "client";
    public const string ClientSecret = "client secret";
    public const string WebhookSecret = "webhook secret";

    private readonly HttpClient _http = new() { BaseAddress = zoom.Address };

    public static ZoomStandInOptions Options { get; } = new()
    {
        AccountId = AccountId,
        ClientId = ClientId,
        ClientSecret = ClientSecret,
        WebhookSecret = WebhookSecret,
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async Task<HttpResponseMessage> RequestTokenAsync(
        string client = $"{ClientId}:{ClientSecret}",
        string grantType = "account_credentials",
        string accountId = AccountId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "oauth/token");
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(client)));
        request.Content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = grantType,
            ["account_id"] = accountId,
        });
        return await _http.SendAsync(request, Cancellation);
    }

    public async Task SignInAsync()
    {
        using var response = await RequestTokenAsync();
        UseToken((string)(await Browser.ReadAsync(response))["access_token"]!);
    }

    public void UseToken(string token) => _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, JsonNode? body = null) =>
        SendRawAsync(method, path, body?.ToJsonString());

    public async Task<HttpResponseMessage> SendRawAsync(HttpMethod method, string path, string? body)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        return await _http.SendAsync(request, Cancellation);
    }

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => await _http.SendAsync(request, Cancellation);

    public async Task<JsonObject> CreateMeetingAsync(JsonObject? body = null, string host = "alice@acme.example")
    {
        using var response = await SendAsync(HttpMethod.Post, $"v2/users/{host}/meetings", body ?? new JsonObject { ["topic"] = "Plans" });
        Assert.Equal(201, (int)response.StatusCode);
        return await Browser.ReadAsync(response);
    }

    public Task<HttpResponseMessage> LetHappenAsync(JsonObject meeting, string happening, JsonObject? body = null) =>
        SendAsync(HttpMethod.Post, $"sandbox/meetings/{meeting["id"]}/{happening}", body ?? []);

    public void Dispose() => _http.Dispose();
}
