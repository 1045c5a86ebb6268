using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SecureZoom.Functions.Authorization;

namespace SecureZoom.Functions.Docs;

/// <summary><c>GET /api/openapi.json</c> and <c>GET /api/docs</c>.</summary>
public sealed class DocsFunction(OpenApi document, DocsPage page)
{
    [Function("openapi")]
    [Public("The contract is no secret.")]
    public IResult Document([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "openapi.json")] HttpRequest request) =>
        Results.Bytes(document.Json, "application/json");

    [Function("docs")]
    [Public("The contract is no secret.")]
    public IResult Page([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "docs")] HttpRequest request)
    {
        var headers = request.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = page.ContentSecurityPolicy;
        headers["Referrer-Policy"] = "no-referrer";
        return Results.Bytes(page.Html, "text/html; charset=utf-8");
    }
}
