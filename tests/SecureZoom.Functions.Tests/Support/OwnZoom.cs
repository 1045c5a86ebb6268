using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using SecureZoom.Sandbox.Zoom;

namespace SecureZoom.Functions.Tests.Support;

/// <summary>A Zoom for one test alone: its faults strike nobody else, and it was asked by nobody else.</summary>
public sealed class OwnZoom : IAsyncDisposable
{
    private readonly Cloud _cloud;
    private readonly HttpClient _http;

    private OwnZoom(Cloud cloud, ZoomStandIn zoom)
    {
        _cloud = cloud;
        Zoom = zoom;
        _http = new HttpClient { BaseAddress = zoom.Address };
    }

    public ZoomStandIn Zoom { get; }

    /// <summary>The settings of an app that uses it.</summary>
    public Dictionary<string, string?> Settings => new()
    {
        ["Zoom:ApiBaseUrl"] = new Uri(Zoom.Address, "v2/").AbsoluteUri,
        ["Zoom:OAuthUrl"] = new Uri(Zoom.Address, "oauth/token").AbsoluteUri,
    };

    public static async Task<OwnZoom> StartAsync(Cloud cloud, Func<ZoomStandInOptions, ZoomStandInOptions>? change = null)
    {
        var options = new ZoomStandInOptions
        {
            AccountId = Cloud.ZoomAccountId,
            ClientId = "s2s-client-id",
            ClientSecret = cloud.Secrets["zoom-client-secret"],
            WebhookSecret = cloud.Secrets["zoom-webhook-secret"],
            WebhookRetries = SignedWebhook.Retries,
        };
        return new OwnZoom(cloud, await ZoomStandIn.StartAsync(change?.Invoke(options) ?? options, TestContext.Current.CancellationToken));
    }

    /// <summary>
    /// Sends its webhooks to an app from now on. Apps share the queue of their cloud, and one that took another's event would look for its
    /// meeting in a wrong Zoom: so only where one stands on it at a time.
    /// </summary>
    public void TellTo(App app)
    {
        Assert.False(_cloud.IsShared, "Other tests' apps would look for its meetings in their own Zooms.");
        Zoom.WebhookTarget = new Uri(app.Http.BaseAddress!, "webhook");
    }

    /// <summary>How many requests of this method were answered below a path.</summary>
    public int Count(HttpMethod method, string path) => Zoom.Requests.All
        .Count(request => request.Method == method.Method && request.Path.StartsWith(path, StringComparison.Ordinal));

    /// <summary>What happens at Zoom without us: <c>start</c>, <c>end</c>, <c>join</c>, <c>record</c>, <c>recover</c>, <c>expire</c>, <c>give-again</c>.</summary>
    /// <param name="who">Who joins.</param>
    public async Task LetAsync(string happening, string meeting, JsonObject? who = null)
    {
        using var body = JsonContent.Create(who ?? []);
        using var response = await _http.PostAsync(
            new Uri($"sandbox/meetings/{meeting}/{happening}", UriKind.Relative), body, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    /// <summary>A call that somebody else's app makes.</summary>
    public async Task<JsonNode?> CallAsync(HttpMethod method, string path, JsonNode? body = null)
    {
        using var request = new HttpRequestMessage(method, $"v2/{path}") { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await GetTokenAsync());
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Zoom.DisposeAsync();
    }

    private async Task<string> GetTokenAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "oauth/token")
        {
            Content = new FormUrlEncodedContent(
                [new("grant_type", "account_credentials"), new("account_id", Cloud.ZoomAccountId)]),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"s2s-client-id:{_cloud.Secrets["zoom-client-secret"]}")));
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var answer = await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken);
        return (string)answer!["access_token"]!;
    }
}
