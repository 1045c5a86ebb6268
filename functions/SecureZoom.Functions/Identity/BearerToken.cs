using Microsoft.AspNetCore.Http;

namespace SecureZoom.Functions.Identity;

/// <summary>Takes the access token out of a request: the <c>Authorization</c> header and nowhere else (RFC 6750, section 2).</summary>
internal static class BearerToken
{
    private const string Scheme = "Bearer ";

    /// <exception cref="IdentityException">There is none, or more than one.</exception>
    public static string From(HttpRequest request)
    {
        var headers = request.Headers.Authorization;
        var inQuery = request.Query.ContainsKey("access_token");
        if (headers.Count > 1 || (headers.Count == 1 && inQuery))
        {
            throw new IdentityException(IdentityError.Ambiguous, "More than one credential.");
        }

        var header = headers.Count == 1 ? headers[0]! : "";
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            throw new IdentityException(IdentityError.Missing, "No bearer token.");
        }

        var token = header[Scheme.Length..].Trim(' ');
        return token.Length > 0
            ? token
            : throw new IdentityException(IdentityError.Invalid, "An empty bearer token.");
    }
}
