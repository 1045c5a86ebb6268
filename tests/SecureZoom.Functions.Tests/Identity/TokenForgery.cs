using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Identity;

/// <summary>How a good token is made wrong in one thing.</summary>
internal static class TokenForgery
{
    public static Func<TestIssuer, string> Header(string name, JsonNode? value) =>
        issuer => issuer.Token(header => header[name] = value?.DeepClone());

    public static Func<TestIssuer, string> Claim(string name, JsonNode? value) =>
        issuer => issuer.Token(claims: claims => claims[name] = value?.DeepClone());

    public static Func<TestIssuer, string> Without(string claim) => issuer => issuer.Token(claims: claims => claims.Remove(claim));

    public static Func<TestIssuer, string> Issuer(Func<string, string> change) =>
        issuer => issuer.Token(claims: claims => claims["iss"] = change(issuer.Id));

    public static Func<TestIssuer, string> AtJwt(Action<JsonObject> claims) =>
        issuer => issuer.Token(header => header["typ"] = "at+jwt", claims);

    public static Func<TestIssuer, string> Time(string claim, Func<long, JsonNode> value, long issued = 0) => issuer => issuer.Token(claims: claims =>
    {
        var now = claims["iat"]!.GetValue<long>();
        claims["iat"] = now + issued;
        claims[claim] = value(now);
    });

    /// <summary>A number in a form that only text can have.</summary>
    public static Func<TestIssuer, string> Raw(string claim, Func<long, string> number) => issuer =>
    {
        var claims = issuer.Claims();
        var member = $"\"{claim}\":";
        var value = claims[claim]!.GetValue<long>();
        var text = claims.ToJsonString();
        return issuer.Sign(
            issuer.Header().ToJsonString(), text.Replace($"{member}{value}", $"{member}{number(value)}", StringComparison.Ordinal));
    };

    public static Func<TestIssuer, string> Twice(string member) =>
        issuer => Text(issuer, claims: claims => $"{{{member},{claims[1..]}");

    public static string Text(TestIssuer issuer, Func<string, string>? header = null, Func<string, string>? claims = null)
    {
        var (head, body) = (issuer.Header().ToJsonString(), issuer.Claims().ToJsonString());
        return issuer.Sign(header?.Invoke(head) ?? head, claims?.Invoke(body) ?? body);
    }

    public static string Bytes(TestIssuer issuer, byte[]? header = null, byte[]? claims = null) => TestIssuer.Sign(
        header ?? Encoding.UTF8.GetBytes(issuer.Header().ToJsonString()),
        claims ?? Encoding.UTF8.GetBytes(issuer.Claims().ToJsonString()),
        issuer.Key.Sign);

    public static byte[] WithInvalidUtf8(JsonObject json) =>
        [.. Encoding.UTF8.GetBytes(json.ToJsonString()[..^1]), .. ",\"x\":\""u8, 0xff, .. "\"}"u8];

    public static string Unsigned(TestIssuer issuer, string algorithm)
    {
        var token = issuer.Token(header => header["alg"] = algorithm);
        return token[..(token.LastIndexOf('.') + 1)];
    }

    public static string Hmac(TestIssuer issuer, string algorithm, byte[] secret)
    {
        var header = issuer.Header();
        header["alg"] = algorithm;
        return TestIssuer.Sign(
            Encoding.UTF8.GetBytes(header.ToJsonString()),
            Encoding.UTF8.GetBytes(issuer.Claims().ToJsonString()),
            data => HMACSHA256.HashData(secret, data));
    }

    public static Func<TestIssuer, string> Algorithm(string name, HashAlgorithmName hash, RSASignaturePadding padding) => issuer =>
    {
        var header = issuer.Header();
        header["alg"] = name;
        return TestIssuer.Sign(
            Encoding.UTF8.GetBytes(header.ToJsonString()),
            Encoding.UTF8.GetBytes(issuer.Claims().ToJsonString()),
            data => issuer.Key.Sign(data, hash, padding));
    };

    public static string EllipticCurve(TestIssuer issuer)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var header = issuer.Header();
        header["alg"] = "ES256";
        return TestIssuer.Sign(
            Encoding.UTF8.GetBytes(header.ToJsonString()),
            Encoding.UTF8.GetBytes(issuer.Claims().ToJsonString()),
            data => key.SignData(data, HashAlgorithmName.SHA256));
    }

    public static string WeakKey(TestIssuer issuer)
    {
        using var weak = new TestKey("weak", bits: 1024);
        issuer.Published = [issuer.Key.ToJwk(), weak.ToJwk()];
        var header = issuer.Header();
        header["kid"] = weak.Id;
        return issuer.Sign(header.ToJsonString(), issuer.Claims().ToJsonString(), weak);
    }

    public static string ByStranger(TestIssuer issuer, Func<TestKey, (string Name, JsonNode Value)?> member)
    {
        using var stranger = new TestKey(issuer.Key.Id);
        var header = issuer.Header();
        if (member(stranger) is var (name, value))
        {
            header[name] = value;
        }

        return issuer.Sign(header.ToJsonString(), issuer.Claims().ToJsonString(), stranger);
    }

    public static Func<TestIssuer, string> ChangedSignature(Func<string, string> change) => issuer =>
    {
        var parts = issuer.Token().Split('.');
        return $"{parts[0]}.{parts[1]}.{change(parts[2])}";
    };

    /// <summary>256 bytes leave four bits of the last character unused: the same bytes, written in another way.</summary>
    public static string WithOtherSpareBits(string signature)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        return signature[..^1] + Alphabet[Alphabet.IndexOf(signature[^1], StringComparison.Ordinal) ^ 1];
    }

    public static string Swap(TestIssuer issuer, int part, string other)
    {
        var parts = issuer.Token().Split('.');
        parts[part] = other.Split('.')[part];
        return string.Join('.', parts);
    }

    /// <summary>Base64 with padding where base64url has none, signed as it stands.</summary>
    public static string Padded(TestIssuer issuer, int part)
    {
        string[] parts = [issuer.Header().ToJsonString(), issuer.Claims().ToJsonString()];
        while (parts[part].Length % 3 == 0)
        {
            parts[part] += " ";
        }

        var encoded = parts.Select((text, index) => index == part
            ? Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).Replace('+', '-').Replace('/', '_')
            : Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text)));
        var signed = string.Join('.', encoded);
        return $"{signed}.{Base64Url.EncodeToString(issuer.Key.Sign(Encoding.ASCII.GetBytes(signed)))}";
    }
}
