using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SecureZoom.Functions.Tests.Support;

/// <summary>What the app answered.</summary>
public sealed record Answer(HttpStatusCode Status, HttpResponseHeaders Headers, string? MediaType, byte[] Bytes)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>The body as a JSON object.</summary>
    public JsonObject Json => JsonNode.Parse(Bytes)!.AsObject();

    /// <summary>The <c>code</c> of problem details; null for other answers.</summary>
    public string? Code => MediaType == "application/problem+json" ? (string?)Json["code"] : null;

    public static async Task<Answer> OfAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
            return new Answer(response.StatusCode, response.Headers, response.Content.Headers.ContentType?.MediaType, bytes);
        }
    }

    /// <summary>The body without what differs from request to request.</summary>
    public string WithoutTraceId()
    {
        var json = Json;
        json.Remove("traceId");
        return json.ToJsonString(JsonSerializerOptions.Default);
    }
}
