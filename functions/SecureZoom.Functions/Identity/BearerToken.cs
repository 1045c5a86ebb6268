using Microsoft.AspNetCore.Http;

namespace SecureZoom.Functions.Identity;

/// <summary>
/// Takes the access token out of a request: the <c>Authorization</c> header and nowhere else (RFC 6750, section 2). A body is never looked
/// at: who is not known yet has no right to have it read.
/// </summary>
internal static class BearerToken
{
    private const string Scheme = "Bearer ";
    private const string Parameter = "access_token";

    /// <exception cref="IdentityException">There is none, or more than one.</exception>
    public static string From(HttpRequest request)
    {
        var headers = request.Headers.Authorization;
        var header = headers.Count > 0 ? headers[0]! : "";
        var token = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim(' ') : "";

        // Two headers may have become one, with a comma, on their way here (RFC 9110, 5.3).
        if (headers.Count > 1 || token.Contains(',') || (header.Length > 0 && request.Query.ContainsKey(Parameter)))
        {
            throw new IdentityException(IdentityError.Ambiguous, "More than one credential.");
        }

        return token.Length > 0 ? token : throw new IdentityException(IdentityError.Missing, "No bearer token.");
    }
}
