using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace SecureZoom.Functions.Tests.Support;

/// <summary>Webhooks as Zoom signs them, from any bytes.</summary>
internal static class SignedWebhook
{
    /// <summary>When Zoom tries again; in a test, soon.</summary>
    public static readonly IReadOnlyList<TimeSpan> Retries = [TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)];

    /// <param name="sent">When Zoom says that it sent it; now when left out.</param>
    public static HttpRequestMessage Request(byte[] body, string secret, DateTimeOffset? sent = null, string mediaType = "application/json")
    {
        var timestamp = (sent ?? DateTimeOffset.UtcNow).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var request = new HttpRequestMessage(HttpMethod.Post, "webhook") { Content = Json(body, mediaType) };
        request.Headers.Add("x-zm-request-timestamp", timestamp);
        request.Headers.Add("x-zm-signature", Sign(secret, timestamp, body));
        return request;
    }

    /// <summary>As Zoom delivers one to an app.</summary>
    public static Task DeliverAsync(App app, JsonObject webhook, string secret) => Delivery.MakeAsync($"{webhook["event"]}", async () =>
    {
        using var request = Request(Encoding.UTF8.GetBytes(webhook.ToJsonString()), secret);
        return await Answer.OfAsync(await app.Http.SendAsync(request, TestContext.Current.CancellationToken));
    });

    public static ByteArrayContent Json(byte[] body, string mediaType = "application/json") =>
        new(body) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };

    public static string Sign(string secret, string timestamp, byte[] body)
    {
        byte[] message = [.. Encoding.UTF8.GetBytes($"v0:{timestamp}:"), .. body];
        return $"v0={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), message))}";
    }
}
