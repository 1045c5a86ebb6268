using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace SecureZoom.Sandbox.Identity;

/// <summary>Auth0 takes JSON where OAuth says form: turns the one into the other.</summary>
internal sealed class JsonBodyMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsPost(request.Method)
            && request.Path.StartsWithSegments("/oauth", StringComparison.Ordinal)
            && request.HasJsonContentType())
        {
            if (await ReadAsync(request, context.RequestAborted) is not { } members)
            {
                context.Response.StatusCode = StatusCodes.Status400BadRequest;
                await context.Response.WriteAsJsonAsync(
                    new { error = "invalid_request", error_description = "The body is not a JSON object." },
                    context.RequestAborted);
                return;
            }

            using var form = new FormUrlEncodedContent(
                members.Where(member => member.Value is not null)
                    .Select(member => KeyValuePair.Create(member.Key, member.Value!.ToString())));
            request.Body = await form.ReadAsStreamAsync(context.RequestAborted);
            request.ContentType = form.Headers.ContentType!.ToString();
            request.ContentLength = form.Headers.ContentLength;
            await next(context);
            return;
        }

        await next(context);
    }

    private static async Task<JsonObject?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonNode.ParseAsync(request.Body, cancellationToken: cancellationToken) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
