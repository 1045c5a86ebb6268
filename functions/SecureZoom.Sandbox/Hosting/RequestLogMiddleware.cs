using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace SecureZoom.Sandbox.Hosting;

/// <summary>Keeps what was asked, without credentials; bodies only below the path that the API has to itself.</summary>
internal sealed class RequestLogMiddleware(
    RequestDelegate next,
    RequestLog log,
    TimeProvider time,
    string? bodiesBelow = null)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        var (path, query) = (request.Path.Value ?? "", request.QueryString.Value ?? "");
        var body = bodiesBelow is not null && request.Path.StartsWithSegments(bodiesBelow, StringComparison.Ordinal)
            ? await ReadBodyAsync(request, context.RequestAborted)
            : null;
        try
        {
            await next(context);
        }
        finally
        {
            log.Add(new RecordedRequest(
                request.Method, path, query, context.Response.StatusCode, time.GetUtcNow(), Scheme(request), body));
        }
    }

    private static string? Scheme(HttpRequest request) =>
        request.Headers.Authorization.ToString().Split(' ')[0] is { Length: > 0 } scheme ? $"{scheme} ***" : null;

    private static async Task<JsonNode?> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        request.EnableBuffering();
        try
        {
            return await JsonNode.ParseAsync(request.Body, cancellationToken: cancellationToken);
        }
        catch (JsonException)
        {
            return null;
        }
        finally
        {
            request.Body.Position = 0;
        }
    }
}
