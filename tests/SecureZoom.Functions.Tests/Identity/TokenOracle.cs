using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Identity;

/// <summary>The rules for tokens once more, written for clarity and not for speed: whether an acceptance is one that they allow.</summary>
internal sealed class TokenOracle(TestIssuer issuer, DateTimeOffset now)
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private const long Skew = 30;
    private const long Day = 86_400;

    private readonly long _now = now.ToUnixTimeSeconds();

    public bool Allows(string token)
    {
        var parts = token.Split('.');
        return parts.Length == 3
            && parts.All(IsCanonical)
            && issuer.Key.Rsa.VerifyData(
                Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Decode(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            && Members(parts[0]) is { } header
            && Members(parts[1]) is { } claims
            && HeaderIsFine(header)
            && ClaimsAreFine(claims)
            && (!IsAtJwt(header) || (NonEmpty(claims, "client_id") && NonEmpty(claims, "jti")));
    }

    private bool HeaderIsFine(Dictionary<string, JsonElement> header)
    {
        string[] forbidden = ["crit", "b64", "jwk", "jku", "x5c", "x5u"];
        string[] types = ["jwt", "at+jwt", "application/at+jwt"];
        return !forbidden.Any(header.ContainsKey)
            && Is(header, "alg", "RS256")
            && Is(header, "kid", issuer.Key.Id)
            && NonEmpty(header, "typ")
            && types.Contains(header["typ"].GetString()!.ToLowerInvariant());
    }

    private bool ClaimsAreFine(Dictionary<string, JsonElement> claims)
    {
        if (Seconds(claims, "iat") is not { } issued || Seconds(claims, "exp") is not { } expires)
        {
            return false;
        }

        var notBefore = claims.ContainsKey("nbf") ? Seconds(claims, "nbf") : 0;
        return notBefore is not null
            && expires - issued is > 0 and <= Day && expires > notBefore
            && issued <= _now + Skew && notBefore <= _now + Skew && expires > _now - Skew
            && Is(claims, "iss", issuer.Id)
            && NonEmpty(claims, "sub") && claims["sub"].GetString()!.Length <= 256
            && IsForUs(claims)
            && (!claims.TryGetValue("org_id", out var organization)
                || organization.ValueKind == JsonValueKind.Null
                || Is(claims, "org_id", issuer.Organization));
    }

    private bool IsForUs(Dictionary<string, JsonElement> claims) => claims.TryGetValue("aud", out var audience) && audience.ValueKind switch
    {
        JsonValueKind.String => Is(claims, "aud", issuer.Audience),
        JsonValueKind.Array => audience.EnumerateArray().Any(one => one.ValueKind == JsonValueKind.String && one.ValueEquals(issuer.Audience)),
        _ => false,
    };

    private static bool IsAtJwt(Dictionary<string, JsonElement> header) =>
        header["typ"].GetString()!.EndsWith("at+jwt", StringComparison.OrdinalIgnoreCase);

    private static bool Is(Dictionary<string, JsonElement> members, string name, string value) =>
        members.TryGetValue(name, out var member) && member.ValueKind == JsonValueKind.String && member.ValueEquals(value);

    private static bool NonEmpty(Dictionary<string, JsonElement> members, string name) =>
        members.TryGetValue(name, out var member) && member.ValueKind == JsonValueKind.String && !member.ValueEquals("");

    /// <summary>Positive whole seconds, written as such.</summary>
    private static long? Seconds(Dictionary<string, JsonElement> members, string name) =>
        members.TryGetValue(name, out var member)
        && member.ValueKind == JsonValueKind.Number
        && member.GetRawText().All(char.IsAsciiDigit)
        && long.TryParse(member.GetRawText(), out var seconds) && seconds > 0
            ? seconds
            : null;

    /// <summary>The members of a JSON object; null for anything else, or when there is a name twice.</summary>
    private static Dictionary<string, JsonElement>? Members(string part)
    {
        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Decode(part));
            var members = new Dictionary<string, JsonElement>();
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.Clone().EnumerateObject().All(member => members.TryAdd(member.Name, member.Value))
                    ? members
                    : null;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>base64url without padding, and no bit set that stands for nothing.</summary>
    private static bool IsCanonical(string part) =>
        part.Length > 0
        && part.All(Alphabet.Contains)
        && (part.Length % 4) switch
        {
            0 => true,
            2 => Alphabet.IndexOf(part[^1], StringComparison.Ordinal) % 16 == 0,
            3 => Alphabet.IndexOf(part[^1], StringComparison.Ordinal) % 4 == 0,
            _ => false,
        };

    private static byte[] Decode(string part) =>
        Convert.FromBase64String(part.Replace('-', '+').Replace('_', '/').PadRight((part.Length + 3) / 4 * 4, '='));
}
