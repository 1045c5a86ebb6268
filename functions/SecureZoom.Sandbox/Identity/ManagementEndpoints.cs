using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace SecureZoom.Sandbox.Identity;

/// <summary>Of Auth0's Management API what signs somebody out: <c>POST /api/v2/users/{id}/revoke-access</c>, with a token of its own.</summary>
internal sealed class ManagementEndpoints(Uri issuer, IdentityProviderOptions options, Sessions sessions, RefreshFamilies families)
{
    private const int TokenSeconds = 86_400;

    private readonly string _token = RandomNumberGenerator.GetHexString(40, lowercase: true);

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/v2/users/{id}/revoke-access", (Delegate)RevokeAccess);

    /// <summary>Answers the client credentials grant, which is for this API alone, before the people's server sees it.</summary>
    public async Task GiveTokenAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path != "/oauth/token" || !context.Request.HasFormContentType
            || await context.Request.ReadFormAsync(context.RequestAborted) is not { } form || form["grant_type"] != "client_credentials")
        {
            await next(context);
            return;
        }

        var mayCall = options.ManagementSecret.Length > 0 && form["client_id"] == IdentityProvider.ManagementClientId && form["client_secret"] == options.ManagementSecret;
        var answer = (mayCall, form["audience"] == new Uri(issuer, "api/v2/").AbsoluteUri) switch
        {
            (false, _) => Refuse("access_denied", "Unauthorized", StatusCodes.Status401Unauthorized),
            (_, false) => Refuse("access_denied", $"Service not found: {form["audience"]}", StatusCodes.Status403Forbidden),
            _ => Results.Json(new { access_token = _token, scope = "delete:sessions delete:refresh_tokens", expires_in = TokenSeconds, token_type = "Bearer" }),
        };
        await answer.ExecuteAsync(context);
    }

    private IResult RevokeAccess(HttpContext context, string id)
    {
        if (context.Request.Headers.Authorization.ToString() != $"Bearer {_token}")
        {
            return Refuse("Unauthorized", "Invalid token", StatusCodes.Status401Unauthorized);
        }

        if (Accounts.WithSubject(Uri.UnescapeDataString(id)) is not { } account)
        {
            return Refuse("Not Found", "The user does not exist.", StatusCodes.Status404NotFound);
        }

        sessions.EndAll(account);
        families.RevokeAll(account, options.Time.GetUtcNow().ToUnixTimeSeconds());
        return Results.NoContent();
    }

    private static IResult Refuse(string error, string description, int status) => Results.Json(
        new { statusCode = status.ToString(CultureInfo.InvariantCulture), error, message = description }, statusCode: status);
}
