using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace SecureZoom.Functions.Identity;

/// <summary>A JWT taken apart, by stricter rules than the library's: what it accepts by default is refused here.</summary>
/// <remarks>
/// RFC 7515 (canonical base64url without padding, no unknown <c>crit</c>, unique member names), RFC 8725 (explicit type, one algorithm),
/// RFC 7519 (times are numbers; ours are whole ones), RFC 9068 (what <c>at+jwt</c> must carry). Says nothing about the signature.
/// </remarks>
internal sealed class AccessToken
{
    private const int MaxLength = 16 * 1024;
    private const int MaxDescription = 256;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };
    private static readonly string[] ForeignKeyMembers = ["jwk", "jku", "x5c", "x5u"];
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private AccessToken(byte[] signed, byte[] signature, string keyId, JsonElement claims)
    {
        Signed = signed;
        Signature = signature;
        KeyId = keyId;
        Claims = claims;
        Issuer = RequiredString("iss");
        Subject = RequiredString("sub");
        IssuedAt = RequiredTime("iat");
        Expires = RequiredTime("exp");
        NotBefore = claims.TryGetProperty("nbf", out _) ? RequiredTime("nbf") : null;
        Audiences = ReadAudiences();
    }

    /// <summary>What the signature is over: header and claims as they came, in ASCII.</summary>
    public byte[] Signed { get; }

    public byte[] Signature { get; }

    public string KeyId { get; }

    public JsonElement Claims { get; }

    public string Issuer { get; }

    public string Subject { get; }

    public IReadOnlyList<string> Audiences { get; }

    public DateTimeOffset IssuedAt { get; }

    public DateTimeOffset Expires { get; }

    public DateTimeOffset? NotBefore { get; }

    /// <exception cref="IdentityException">The token is not one that we take, whoever signed it.</exception>
    public static AccessToken Parse(string encoded)
    {
        if (encoded.Length > MaxLength)
        {
            throw Invalid("Too long.");
        }

        var parts = encoded.Split('.');
        if (parts.Length != 3 || parts[2].Length == 0)
        {
            throw Invalid("Not three parts.");
        }

        var signature = Decode(parts[2]);
        var header = ParseObject(parts[0]);
        var type = CheckHeader(header);
        var claims = ParseObject(parts[1]);
        var signed = Encoding.ASCII.GetBytes(encoded, 0, encoded.Length - parts[2].Length - 1);
        var token = new AccessToken(signed, signature, header.GetProperty("kid").GetString()!, claims);
        if (type == "at+jwt" && !(IsText(claims, "client_id") && IsText(claims, "jti")))
        {
            throw Invalid("at+jwt without client_id or jti.");
        }

        return token;
    }

    /// <summary>A claim's text; null when the claim is missing.</summary>
    /// <exception cref="IdentityException">The claim is there, but no text.</exception>
    public string? Text(string claim)
    {
        if (!Claims.TryGetProperty(claim, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return IsWellFormed(value) ? value.GetString() : throw Invalid("A text claim is something else.");
    }

    /// <summary>A claim's texts, from a list or a single text; empty when the claim is missing.</summary>
    /// <exception cref="IdentityException">The claim is there, but neither.</exception>
    public IReadOnlyList<string> Texts(string claim)
    {
        if (!Claims.TryGetProperty(claim, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        return value.ValueKind switch
        {
            JsonValueKind.String when IsWellFormed(value) => [value.GetString()!],
            JsonValueKind.Array when value.EnumerateArray().All(IsWellFormed) =>
                [.. value.EnumerateArray().Select(item => item.GetString()!)],
            _ => throw Invalid("A list claim is something else."),
        };
    }

    /// <summary>A claim that only describes, cut when it is long; null when it is missing or no text, which is the directory's fault.</summary>
    public string? Description(string claim)
    {
        if (!Claims.TryGetProperty(claim, out var value) || !IsWellFormed(value))
        {
            return null;
        }

        var text = value.GetString()!;
        return text.Length <= MaxDescription ? text : text[..(char.IsHighSurrogate(text[MaxDescription - 1]) ? MaxDescription - 1 : MaxDescription)];
    }

    /// <summary>What a claim grants by name: a text, or the texts of a list. Whatever else is there grants nothing.</summary>
    public IReadOnlyList<string> Names(string claim)
    {
        if (!Claims.TryGetProperty(claim, out var value))
        {
            return [];
        }

        IEnumerable<JsonElement> entries = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [value];
        return [.. entries.Where(IsWellFormed).Select(entry => entry.GetString()!)];
    }

    /// <summary>A time in whole seconds; null when the claim is missing or something else.</summary>
    public DateTimeOffset? Time(string claim) =>
        Claims.TryGetProperty(claim, out var value)
        && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt64(out var seconds)
        && seconds is > 0 and < 253_402_300_800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    /// <summary>Whether a claim is the JSON literal <c>true</c>; "true" in quotes is not.</summary>
    public bool IsTrue(string claim) => Claims.TryGetProperty(claim, out var value) && value.ValueKind == JsonValueKind.True;

    private static string CheckHeader(JsonElement header)
    {
        if (!IsText(header, "alg") || header.GetProperty("alg").GetString() != "RS256")
        {
            throw Invalid("Not RS256.");
        }

        if (!IsText(header, "kid"))
        {
            throw Invalid("No key id.");
        }

        // Critical members that we do not understand must be refused (RFC 7515, 4.1.11), and we understand none.
        if (header.TryGetProperty("crit", out _) || header.TryGetProperty("b64", out _))
        {
            throw Invalid("A critical header member.");
        }

        if (ForeignKeyMembers.Any(name => header.TryGetProperty(name, out _)))
        {
            throw Invalid("A key in the header.");
        }

        var type = IsText(header, "typ") ? header.GetProperty("typ").GetString()!.ToUpperInvariant() : "";
        return type switch
        {
            "JWT" => "jwt",
            "AT+JWT" or "APPLICATION/AT+JWT" => "at+jwt",
            _ => throw Invalid("Not an access token by its type."),
        };
    }

    private static JsonElement ParseObject(string part)
    {
        try
        {
            var json = Decode(part);
            // The parser itself lets invalid UTF-8 inside strings pass until they are read.
            _ = Utf8.GetCharCount(json);
            var element = JsonElement.Parse(json, Strict);
            return element.ValueKind == JsonValueKind.Object ? element : throw Invalid("Not a JSON object.");
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            throw Invalid("Not JSON, or a member twice.");
        }
    }

    private static byte[] Decode(string part)
    {
        try
        {
            var bytes = Base64Url.DecodeFromChars(part);
            return Base64Url.EncodeToString(bytes) == part ? bytes : throw Invalid("Not canonical base64url.");
        }
        catch (FormatException)
        {
            throw Invalid("Not base64url.");
        }
    }

    private static bool IsText(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && IsWellFormed(value) && value.GetString()!.Length > 0;

    private static bool IsWellFormed(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String && value.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            // An escaped lone surrogate is JSON, but no text.
            return false;
        }
    }

    private string RequiredString(string name) =>
        IsText(Claims, name) ? Claims.GetProperty(name).GetString()! : throw Invalid("A required claim is missing or no text.");

    private DateTimeOffset RequiredTime(string name) => Time(name) ?? throw Invalid("A time is missing or not whole seconds.");

    private IReadOnlyList<string> ReadAudiences()
    {
        var audiences = Texts("aud");
        return audiences.Count > 0 ? audiences : throw Invalid("No audience.");
    }

    private static IdentityException Invalid(string reason) => new(IdentityError.Invalid, reason);
}
