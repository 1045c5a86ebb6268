using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace SecureZoom.Functions.Identity;

/// <summary>Takes the access token out of a request: the <c>Authorization</c> header and nowhere else (RFC 6750, section 2).</summary>
internal static class BearerToken
{
    private const string Scheme = "Bearer ";
    private const string Parameter = "access_token";

    private static readonly FormOptions FormLimits = new() { ValueCountLimit = 16, ValueLengthLimit = 16 * 1024 };

    /// <exception cref="IdentityException">There is none, or more than one.</exception>
    public static async ValueTask<string> FromAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var headers = request.Headers.Authorization;
        var header = headers.Count > 0 ? headers[0]! : "";
        var token = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim(' ') : "";

        // Two headers may have become one, with a comma, on their way here (RFC 9110, 5.3).
        if (headers.Count > 1 || token.Contains(',') || (header.Length > 0 && await IsElsewhereAsync(request, cancellationToken)))
        {
            throw new IdentityException(IdentityError.Ambiguous, "More than one credential.");
        }

        return token.Length > 0 ? token : throw new IdentityException(IdentityError.Missing, "No bearer token.");
    }

    private static async ValueTask<bool> IsElsewhereAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.Query.ContainsKey(Parameter) || !request.HasFormContentType)
        {
            return request.Query.ContainsKey(Parameter);
        }

        try
        {
            var form = await new FormFeature(request, FormLimits).ReadFormAsync(cancellationToken);
            return form.ContainsKey(Parameter);
        }
        catch (InvalidDataException)
        {
            // No form that anybody could have meant; no call takes one anyway.
            return false;
        }
    }
}
