using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace SecureZoom.Sandbox.Zoom;

/// <summary>Reads a request's JSON object.</summary>
internal static class JsonBody
{
    /// <summary>The object; null when the body is anything else.</summary>
    public static async Task<JsonObject?> ReadAsync(HttpRequest request)
    {
        if (!request.HasJsonContentType())
        {
            return null;
        }

        try
        {
            return await JsonNode.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
