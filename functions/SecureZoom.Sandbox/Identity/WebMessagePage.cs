using System.Buffers.Text;
using System.Net.Mime;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace SecureZoom.Sandbox.Identity;

/// <summary>The page in a hidden frame that hands the answer to the site without a redirect.</summary>
internal static class WebMessagePage
{
    public static async Task WriteAsync(HttpContext context, Dictionary<string, string?> message, Uri site)
    {
        var origin = site.GetLeftPart(UriPartial.Authority);
        var nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        // The serialiser escapes <, > and &, so the values cannot leave the script.
        var data = JsonSerializer.Serialize(new { type = "authorization_response", response = message });

        context.Response.StatusCode = StatusCodes.Status200OK;
        context.Response.ContentType = $"{MediaTypeNames.Text.Html}; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'nonce-{nonce}'; frame-ancestors {origin}";
        await context.Response.WriteAsync(
            $"""
            <!doctype html>
            <title>Sandbox</title>
            <script nonce="{nonce}">
              (window.opener ?? window.parent).postMessage({data}, {JsonSerializer.Serialize(origin)});
            </script>
            """,
            context.RequestAborted);
    }
}
