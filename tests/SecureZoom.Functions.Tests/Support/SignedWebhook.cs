using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace SecureZoom.Functions.Tests.Support;

/// <summary>Webhooks as Zoom signs them, from any bytes.</summary>
internal static class SignedWebhook
{
    /// <param name="sent">When Zoom says that it sent it; now when left out.</param>
    public static HttpRequestMessage Request(byte[] body, string secret, DateTimeOffset? sent = null, string mediaType = "application/json")
    {
        var timestamp = (sent ?? DateTimeOffset.UtcNow).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var request = new HttpRequestMessage(HttpMethod.Post, "webhook") { Content = Json(body, mediaType) };
        request.Headers.Add("x-zm-request-timestamp", timestamp);
        request.Headers.Add("x-zm-signature", Sign(secret, timestamp, body));
        return request;
    }

    public static ByteArrayContent Json(byte[] body, string mediaType = "application/json") =>
        new(body) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };

    public static string Sign(string secret, string timestamp, byte[] body)
    {
        byte[] message = [.. Encoding.UTF8.GetBytes($"v0:{timestamp}:"), .. body];
        return $"v0={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), message))}";
    }
}
