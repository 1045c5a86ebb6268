using System.Text.Json;
using System.Text.Json.Nodes;
using OpenIddict.Abstractions;

namespace SecureZoom.Sandbox.Identity;

/// <summary>What shall be unusual about an access token made for a test.</summary>
/// <param name="ExpiresIn">Seconds of life; negative for a token that has expired.</param>
/// <param name="Claims">Claims to add or to replace; a null takes the claim away.</param>
/// <param name="Key">The key that signs it.</param>
public sealed record TokenOverrides(int? ExpiresIn = null, JsonObject? Claims = null, TokenKey Key = TokenKey.Current)
{
    /// <summary>Reads <c>expires_in</c>, <c>claims</c> and <c>key</c> of a password grant.</summary>
    /// <exception cref="FormatException">One of them is malformed; the message says which.</exception>
    internal static TokenOverrides From(OpenIddictRequest request)
    {
        var (expiresIn, claims, key) = (Text(request, "expires_in"), Text(request, "claims"), Text(request, "key"));
        return new TokenOverrides(
            expiresIn is null ? null
                : int.TryParse(expiresIn, out var seconds) ? seconds
                : throw new FormatException("expires_in is not a number of seconds."),
            claims is null ? null : ParseClaims(claims),
            key is null ? TokenKey.Current
                : Enum.TryParse<TokenKey>(key, ignoreCase: true, out var known) ? known
                : throw new FormatException("key is neither current, rotated nor unknown."));
    }

    private static string? Text(OpenIddictRequest request, string name) => (string?)request.GetParameter(name);

    private static JsonObject ParseClaims(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject ?? throw new FormatException("claims is not a JSON object.");
        }
        catch (JsonException fault)
        {
            throw new FormatException("claims is not JSON.", fault);
        }
    }
}
