using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace SecureZoom.Sandbox.Zoom;

/// <summary>Server-to-server OAuth: hands out access tokens and looks at those that calls carry.</summary>
internal sealed class ZoomTokens(ZoomStandInOptions options)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _expiries = new();

    /// <summary><c>POST /oauth/token</c>. The parameters count in the form body only: in the query they began to fail.</summary>
    public async Task<IResult> IssueAsync(HttpContext context)
    {
        var request = context.Request;
        if (!HasClient(request.Headers.Authorization.ToString()))
        {
            return Refuse(StatusCodes.Status400BadRequest, "Invalid client_id or client_secret", "invalid_client");
        }

        var form = request.HasFormContentType ? await request.ReadFormAsync(context.RequestAborted) : FormCollection.Empty;
        if (form["grant_type"] != "account_credentials")
        {
            return Refuse(StatusCodes.Status400BadRequest, "unsupported grant type", "unsupported_grant_type");
        }

        if (form["account_id"] != options.AccountId)
        {
            return Refuse(StatusCodes.Status400BadRequest, "Bad Request", "invalid_request");
        }

        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(48));
        _expiries[token] = options.Time.GetUtcNow() + options.TokenLife;
        return Results.Json(new
        {
            access_token = token,
            token_type = "bearer",
            expires_in = (int)options.TokenLife.TotalSeconds,
            scope = string.Join(' ', options.Scopes),
            api_url = "https://api.zoom.us",
        });
    }

    /// <summary>Why a call is refused; null when its token is good and has one of the scopes.</summary>
    public IResult? Refuse(HttpRequest request, params string[] anyScope)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var authorization)
            || !authorization.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
            || !_expiries.TryGetValue(authorization.Parameter ?? "", out var expiry))
        {
            return ZoomErrors.InvalidToken;
        }

        if (expiry <= options.Time.GetUtcNow())
        {
            return ZoomErrors.ExpiredToken;
        }

        return anyScope.Intersect(options.Scopes).Any() ? null : ZoomErrors.MissingScope(anyScope);
    }

    private bool HasClient(string authorization) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(authorization),
        Encoding.UTF8.GetBytes(
            $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.ClientId}:{options.ClientSecret}"))}"));

    private static IResult Refuse(int status, string reason, string error) =>
        Results.Json(new { reason, error }, statusCode: status);
}
