using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Identity;

/// <summary>Every way in which a token can be wrong: all are really signed, most by the good key.</summary>
internal static class BadTokens
{
    private const string Groups = "https://securezoom.example/groups";
    private const string Email = "https://securezoom.example/email";
    private const string Name = "https://securezoom.example/name";
    private const string Department = "https://securezoom.example/department";

    public static IReadOnlyDictionary<string, Func<TestIssuer, string>> All { get; } = new Dictionary<string, Func<TestIssuer, string>>
    {
        ["alg none, unsigned"] = issuer => Unsigned(issuer, "none"),
        ["alg None, unsigned"] = issuer => Unsigned(issuer, "None"),
        ["alg nOnE, unsigned"] = issuer => Unsigned(issuer, "nOnE"),
        ["alg NONE, signed"] = Header("alg", "NONE"),
        ["alg none, signed"] = Header("alg", "none"),
        ["alg empty"] = Header("alg", ""),
        ["alg null"] = Header("alg", null),
        ["alg missing"] = issuer => issuer.Token(header => header.Remove("alg")),
        ["alg in lower case"] = Header("alg", "rs256"),
        ["alg as a list"] = Header("alg", new JsonArray("RS256")),
        ["alg unknown"] = Header("alg", "RS257"),
        ["HS256 with the public key in PEM"] = issuer =>
            Hmac(issuer, "HS256", Encoding.ASCII.GetBytes(issuer.Key.Rsa.ExportSubjectPublicKeyInfoPem())),
        ["HS256 with the public key in DER"] = issuer => Hmac(issuer, "HS256", issuer.Key.Rsa.ExportSubjectPublicKeyInfo()),
        ["HS256 with the modulus"] = issuer => Hmac(issuer, "HS256", issuer.Key.Rsa.ExportParameters(false).Modulus!),
        ["RS256 by name, HMAC with the public key"] = issuer =>
            Hmac(issuer, "RS256", Encoding.ASCII.GetBytes(issuer.Key.Rsa.ExportSubjectPublicKeyInfoPem())),
        ["PS256"] = Algorithm("PS256", HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
        ["RS256 by name, PSS in fact"] = Algorithm("RS256", HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
        ["RS384"] = Algorithm("RS384", HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1),
        ["RS512"] = Algorithm("RS512", HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1),
        ["RS256 by name, SHA-512 in fact"] = Algorithm("RS256", HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1),
        ["ES256"] = EllipticCurve,
        ["RSA-1024, published"] = WeakKey,
        ["crit unknown"] = Header("crit", new JsonArray("http://example.com/extension")),
        ["crit known"] = Header("crit", new JsonArray("exp")),
        ["crit empty"] = Header("crit", new JsonArray()),
        ["crit null"] = Header("crit", null),
        ["b64 false"] = Header("b64", false),
        ["b64 false and critical"] = issuer => issuer.Token(header => (header["b64"], header["crit"]) = (false, new JsonArray("b64"))),
        ["typ missing"] = issuer => issuer.Token(header => header.Remove("typ")),
        ["typ empty"] = Header("typ", ""),
        ["typ number"] = Header("typ", 1),
        ["typ of an id token"] = Header("typ", "ID"),
        ["typ of a DPoP proof"] = Header("typ", "dpop+jwt"),
        ["typ of a logout token"] = Header("typ", "logout+jwt"),
        ["typ of a security event"] = Header("typ", "secevent+jwt"),
        ["typ with a space"] = Header("typ", "JWT "),
        ["at+jwt without client_id"] = AtJwt(claims => claims["jti"] = "1"),
        ["at+jwt without jti"] = AtJwt(claims => claims["client_id"] = "spa"),
        ["at+jwt with an empty jti"] = AtJwt(claims => (claims["client_id"], claims["jti"]) = ("spa", "")),
        ["at+jwt with a client_id that is no text"] = AtJwt(claims => (claims["client_id"], claims["jti"]) = (1, "1")),
        ["application/at+jwt without jti"] = issuer =>
            issuer.Token(header => header["typ"] = "application/at+jwt", claims => claims["client_id"] = "spa"),
        ["kid missing"] = issuer => issuer.Token(header => header.Remove("kid")),
        ["kid empty"] = Header("kid", ""),
        ["kid null"] = Header("kid", null),
        ["kid number"] = Header("kid", 1),
        ["kid unknown"] = Header("kid", "no-such-key"),
        ["kid in another case"] = issuer => issuer.Token(header => header["kid"] = issuer.Key.Id.ToUpperInvariant()),
        ["kid with a path"] = Header("kid", "../../dev/null"),
        ["kid with a lone surrogate"] = issuer => Text(issuer, header => header.Replace(issuer.Key.Id, @"\ud800", StringComparison.Ordinal)),
        ["the good kid, another key"] = issuer => ByStranger(issuer, stranger => null),
        ["another key, embedded as jwk"] = issuer => ByStranger(issuer, stranger => ("jwk", stranger.ToJwk())),
        ["jwk of the good key"] = issuer => issuer.Token(header => header["jwk"] = issuer.Key.ToJwk()),
        ["jku"] = issuer => issuer.Token(header => header["jku"] = $"{issuer.Id}.well-known/jwks.json"),
        ["x5c"] = Header("x5c", new JsonArray("MIIB")),
        ["x5u"] = Header("x5u", "https://attacker.example/certificate"),
        ["alg twice"] = issuer => Text(issuer, header => header.Replace("{", """{"alg":"none",""", StringComparison.Ordinal)),
        ["kid twice"] = issuer => Text(issuer, header => header.Replace("{", """{"kid":"other",""", StringComparison.Ordinal)),
        ["alg twice, once escaped"] = issuer => Text(issuer, header => header.Replace("{", """{"\u0061lg":"none",""", StringComparison.Ordinal)),
        ["header is a list"] = issuer => Text(issuer, header => $"[{header}]"),
        ["header is a text"] = issuer => Text(issuer, _ => "\"RS256\""),
        ["header is empty"] = issuer => Text(issuer, _ => ""),
        ["header is {}"] = issuer => Text(issuer, _ => "{}"),
        ["header is no JSON"] = issuer => Text(issuer, header => header[..^1]),
        ["header with a comment"] = issuer => Text(issuer, header => $"{header}/**/"),
        ["header with a trailing comma"] = issuer => Text(issuer, header => $"{header[..^1]},}}"),
        ["header with a byte order mark"] = issuer => Text(issuer, header => $"\ufeff{header}"),
        ["header in invalid UTF-8"] = issuer => Bytes(issuer, header: WithInvalidUtf8(issuer.Header())),
        ["header with a lone surrogate as a name"] = issuer =>
            Text(issuer, header => header.Replace("{", """{"\ud800":1,""", StringComparison.Ordinal)),
        ["header twice encoded"] = issuer => Text(issuer, header => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))),

        ["aud missing"] = Without("aud"),
        ["aud null"] = Claim("aud", null),
        ["aud empty"] = Claim("aud", ""),
        ["aud empty list"] = Claim("aud", new JsonArray()),
        ["aud of another API"] = Claim("aud", "https://other.example"),
        ["aud with a slash behind it"] = issuer => issuer.Token(claims: claims => claims["aud"] = $"{issuer.Audience}/"),
        ["aud a prefix"] = issuer => issuer.Token(claims: claims => claims["aud"] = issuer.Audience[..^1]),
        ["aud with more behind it"] = issuer => issuer.Token(claims: claims => claims["aud"] = $"{issuer.Audience}.evil.example"),
        ["aud in another case"] = issuer => issuer.Token(claims: claims => claims["aud"] = issuer.Audience.ToUpperInvariant()),
        ["aud with a space"] = issuer => issuer.Token(claims: claims => claims["aud"] = $"{issuer.Audience} "),
        ["aud as a list in a text"] = issuer => issuer.Token(claims: claims => claims["aud"] = $"[\"{issuer.Audience}\"]"),
        ["aud for userinfo alone"] = issuer => issuer.Token(claims: claims => claims["aud"] = $"{issuer.Id}userinfo"),
        ["aud with a number beside it"] = issuer => issuer.Token(claims: claims => claims["aud"] = new JsonArray(issuer.Audience, 1)),
        ["aud nested"] = issuer => issuer.Token(claims: claims => claims["aud"] = new JsonArray(new JsonArray(issuer.Audience))),
        ["aud as an object"] = issuer => issuer.Token(claims: claims => claims["aud"] = new JsonObject { [issuer.Audience] = true }),
        ["aud of the other issuer"] = Claim("aud", "https://api.securezoom.example"),

        ["iss missing"] = Without("iss"),
        ["iss null"] = Claim("iss", null),
        ["iss empty"] = Claim("iss", ""),
        ["iss number"] = Claim("iss", 1),
        ["iss list"] = issuer => issuer.Token(claims: claims => claims["iss"] = new JsonArray(issuer.Id)),
        ["iss unknown"] = Claim("iss", "https://attacker.example/"),
        ["iss with another scheme"] = Issuer(id => id.Replace("http:", "https:", StringComparison.Ordinal)),
        ["iss without its slash"] = Issuer(id => id.TrimEnd('/')),
        ["iss with two slashes"] = Issuer(id => $"{id}/"),
        ["iss with a suffix"] = Issuer(id => $"{id}tenant"),
        ["iss with a query"] = Issuer(id => $"{id}?x=1"),
        ["iss with a fragment"] = Issuer(id => $"{id}#x"),
        ["iss with userinfo"] = Issuer(id => id.Replace("//", "//attacker@", StringComparison.Ordinal)),
        ["iss in another case"] = Issuer(id => id.ToUpperInvariant()),
        ["iss by another name of the host"] = Issuer(id => id.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)),

        ["iat missing"] = Without("iat"),
        ["iat null"] = Claim("iat", null),
        ["iat beyond the skew"] = Time("iat", now => now + 31),
        ["iat as a text"] = issuer => issuer.Token(claims: claims => claims["iat"] = claims["iat"]!.ToString()),
        ["iat with a fraction"] = Time("iat", now => now - 0.5),
        ["iat as a float"] = Raw("iat", iat => $"{iat}.0"),
        ["iat with an exponent"] = Raw("iat", _ => "1e9"),
        ["iat zero"] = Claim("iat", 0),
        ["iat negative"] = Claim("iat", -1),
        ["iat after the year 9999"] = Claim("iat", 253_402_300_800),
        ["exp missing"] = Without("exp"),
        ["exp null"] = Claim("exp", null),
        ["exp beyond the skew"] = Time("exp", now => now - 30, issued: -60),
        ["exp long ago"] = Time("exp", now => now - 86_400, issued: -90_000),
        ["exp as a text"] = issuer => issuer.Token(claims: claims => claims["exp"] = claims["exp"]!.ToString()),
        ["exp as a float"] = Raw("exp", exp => $"{exp}.0"),
        ["exp 1e300"] = Raw("exp", _ => "1e300"),
        ["exp zero"] = Claim("exp", 0),
        ["exp negative"] = Claim("exp", -1),
        ["exp true"] = Claim("exp", true),
        ["exp list"] = Time("exp", now => new JsonArray(now + 60)),
        ["exp after the year 9999"] = Claim("exp", 253_402_300_800),
        ["exp the largest number"] = Claim("exp", long.MaxValue),
        ["exp larger than any number"] = Raw("exp", _ => "99999999999999999999"),
        ["exp at iat"] = Time("exp", now => now),
        ["nbf beyond the skew"] = Time("nbf", now => now + 31),
        ["nbf after exp"] = Time("nbf", now => now + 7200),
        ["nbf as a text"] = Time("nbf", now => $"{now}"),
        ["nbf as a float"] = Time("nbf", now => now - 0.5),
        ["nbf null"] = Claim("nbf", null),

        ["sub missing"] = Without("sub"),
        ["sub null"] = Claim("sub", null),
        ["sub empty"] = Claim("sub", ""),
        ["sub number"] = Claim("sub", 1),
        ["sub list"] = Claim("sub", new JsonArray("x")),
        ["sub too long"] = Claim("sub", new string('x', 257)),
        ["sub with a lone surrogate"] = issuer =>
            Text(issuer, claims: claims => claims.Replace("auth0|", @"\ud800", StringComparison.Ordinal)),
        ["iss twice"] = Twice("\"iss\":\"https://attacker.example/\""),
        ["exp twice"] = Twice("\"exp\":1"),
        ["aud twice"] = Twice("\"aud\":\"https://other.example\""),
        ["org_id twice"] = Twice("\"org_id\":\"org_acme\""),
        ["org_id twice, once escaped"] = Twice("\"org\\u005fid\":\"org_acme\""),
        ["a nested member twice"] = Twice("\"x\":{\"a\":1,\"a\":2}"),
        ["org_id with a slash"] = Claim("org_id", "org/acme"),
        ["org_id empty"] = Claim("org_id", ""),
        ["org_id *"] = Claim("org_id", "*"),
        ["org_id too long"] = Claim("org_id", new string('x', 65)),
        ["org_id with a line break"] = Claim("org_id", "org_test\n"),
        ["org_id number"] = Claim("org_id", 1),
        ["org_id list"] = Claim("org_id", new JsonArray("org_test")),
        ["org_id in another case"] = Claim("org_id", "ORG_TEST"),
        ["org_id of the other issuer"] = Claim("org_id", "org_acme"),
        ["org_name number"] = Claim("org_name", 1),
        ["groups number"] = Claim(Groups, 1),
        ["groups object"] = Claim(Groups, new JsonObject { ["zoom-admins"] = true }),
        ["groups with a number"] = Claim(Groups, new JsonArray("employees", 1)),
        ["groups nested"] = Claim(Groups, new JsonArray(new JsonArray("zoom-admins"))),
        ["too many groups"] = issuer => issuer.Token(claims: claims =>
            claims[Groups] = new JsonArray([.. Enumerable.Range(0, 201).Select(number => JsonValue.Create($"g{number}"))])),
        ["permissions true"] = Claim("permissions", true),
        ["permissions with null"] = Claim("permissions", new JsonArray("meetings:join", null)),
        ["email number"] = Claim(Email, 1),
        ["email list"] = Claim(Email, new JsonArray("alice@acme.example")),
        ["name object"] = Claim(Name, new JsonObject()),
        ["name too long"] = Claim(Name, new string('x', 257)),
        ["department number"] = Claim(Department, 1),

        ["claims are a list"] = issuer => Text(issuer, claims: claims => $"[{claims}]"),
        ["claims are a text"] = issuer => Text(issuer, claims: _ => "\"claims\""),
        ["claims are null"] = issuer => Text(issuer, claims: _ => "null"),
        ["claims are empty"] = issuer => Text(issuer, claims: _ => ""),
        ["claims are {}"] = issuer => Text(issuer, claims: _ => "{}"),
        ["claims are no JSON"] = issuer => Text(issuer, claims: claims => claims[1..]),
        ["claims with more behind them"] = issuer => Text(issuer, claims: claims => $"{claims}{{}}"),
        ["claims too deep"] = Twice($"\"x\":{new string('[', 100)}{new string(']', 100)}"),
        ["claims in invalid UTF-8"] = issuer => Bytes(issuer, claims: WithInvalidUtf8(issuer.Claims())),
        ["claims in UTF-16"] = issuer => Bytes(issuer, claims: Encoding.Unicode.GetBytes(issuer.Claims().ToJsonString())),
        ["claims with a lone surrogate as a name"] = Twice("\"\\ud800\":1"),
        ["20 KB"] = issuer => issuer.Token(claims: claims => claims["x"] = new string('x', 15_000)),

        ["signature missing"] = Signature(_ => ""),
        ["signature padded"] = Signature(signature => $"{signature}=="),
        ["signature cut"] = Signature(signature => signature[..^4]),
        ["signature with a byte more"] = Signature(signature => $"{signature}AA"),
        ["signature with other spare bits"] = Signature(WithOtherSpareBits),
        ["signature tampered with"] = Signature(signature => (signature[0] == 'A' ? 'B' : 'A') + signature[1..]),
        ["signature in base64 with padding"] = Signature(signature => $"{signature.Replace('-', '+').Replace('_', '/')}=="),
        ["signature with a space"] = Signature(signature => $"{signature[..10]} {signature[10..]}"),
        ["signature with a tab"] = Signature(signature => $"{signature[..10]}\t{signature[10..]}"),
        ["signature of zeros"] = Signature(_ => Base64Url.EncodeToString(new byte[256])),
        ["signature of other claims"] = issuer =>
            $"{string.Join('.', issuer.Token().Split('.')[..2])}.{issuer.Token(claims: claims => claims["x"] = 1).Split('.')[2]}",
        ["claims of another token"] = issuer => Swap(issuer, part: 1, issuer.Token(claims: claims => claims["org_name"] = "Other")),
        ["header padded"] = issuer => Padded(issuer, part: 0),
        ["claims padded"] = issuer => Padded(issuer, part: 1),
        ["one part"] = _ => "opaque",
        ["two parts"] = issuer => string.Join('.', issuer.Token().Split('.')[..2]),
        ["four parts"] = issuer => $"{issuer.Token()}.AAAA",
        ["five parts"] = issuer => $"{issuer.Token()}.AAAA.AAAA",
        ["a dot before it"] = issuer => $".{issuer.Token()}",
        ["a dot behind it"] = issuer => $"{issuer.Token()}.",
        ["dots alone"] = _ => "..",
        ["in quotes"] = issuer => $"\"{issuer.Token()}\"",
        ["quotes to break the challenge with"] = _ => "x\" error=\"none",
    };

    private static Func<TestIssuer, string> Header(string name, JsonNode? value) =>
        issuer => issuer.Token(header => header[name] = value?.DeepClone());

    private static Func<TestIssuer, string> Claim(string name, JsonNode? value) =>
        issuer => issuer.Token(claims: claims => claims[name] = value?.DeepClone());

    private static Func<TestIssuer, string> Without(string claim) => issuer => issuer.Token(claims: claims => claims.Remove(claim));

    private static Func<TestIssuer, string> Issuer(Func<string, string> change) =>
        issuer => issuer.Token(claims: claims => claims["iss"] = change(issuer.Id));

    private static Func<TestIssuer, string> AtJwt(Action<JsonObject> claims) =>
        issuer => issuer.Token(header => header["typ"] = "at+jwt", claims);

    private static Func<TestIssuer, string> Time(string claim, Func<long, JsonNode> value, long issued = 0) => issuer => issuer.Token(claims: claims =>
    {
        var now = claims["iat"]!.GetValue<long>();
        claims["iat"] = now + issued;
        claims[claim] = value(now);
    });

    /// <summary>A number in a form that only text can have.</summary>
    private static Func<TestIssuer, string> Raw(string claim, Func<long, string> number) => issuer =>
    {
        var claims = issuer.Claims();
        var member = $"\"{claim}\":";
        var value = claims[claim]!.GetValue<long>();
        var text = claims.ToJsonString();
        return issuer.Sign(
            issuer.Header().ToJsonString(), text.Replace($"{member}{value}", $"{member}{number(value)}", StringComparison.Ordinal));
    };

    private static Func<TestIssuer, string> Twice(string member) =>
        issuer => Text(issuer, claims: claims => $"{{{member},{claims[1..]}");

    private static string Text(TestIssuer issuer, Func<string, string>? header = null, Func<string, string>? claims = null)
    {
        var (head, body) = (issuer.Header().ToJsonString(), issuer.Claims().ToJsonString());
        return issuer.Sign(header?.Invoke(head) ?? head, claims?.Invoke(body) ?? body);
    }

    private static string Bytes(TestIssuer issuer, byte[]? header = null, byte[]? claims = null) => TestIssuer.Sign(
        header ?? Encoding.UTF8.GetBytes(issuer.Header().ToJsonString()),
        claims ?? Encoding.UTF8.GetBytes(issuer.Claims().ToJsonString()),
        issuer.Key.Sign);

    private static byte[] WithInvalidUtf8(JsonObject json) =>
        [.. Encoding.UTF8.GetBytes(json.ToJsonString()[..^1]), .. ",\"x\":\""u8, 0xff, .. "\"}"u8];

    private static string Unsigned(TestIssuer issuer, string algorithm)
    {
        var token = issuer.Token(header => header["alg"] = algorithm);
        return token[..(token.LastIndexOf('.') + 1)];
    }

    private static string Hmac(TestIssuer issuer, string algorithm, byte[] secret)
    {
        var header = issuer.Header();
        header["alg"] = algorithm;
        return TestIssuer.Sign(
            Encoding.UTF8.GetBytes(header.ToJsonString()),
            Encoding.UTF8.GetBytes(issuer.Claims().ToJsonString()),
            data => HMACSHA256.HashData(secret, data));
    }

    private static Func<TestIssuer, string> Algorithm(string name, HashAlgorithmName hash, RSASignaturePadding padding) => issuer =>
    {
        var header = issuer.Header();
        header["alg"] = name;
        return TestIssuer.Sign(
            Encoding.UTF8.GetBytes(header.ToJsonString()),
            Encoding.UTF8.GetBytes(issuer.Claims().ToJsonString()),
            data => issuer.Key.Sign(data, hash, padding));
    };

    private static string EllipticCurve(TestIssuer issuer)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var header = issuer.Header();
        header["alg"] = "ES256";
        return TestIssuer.Sign(
            Encoding.UTF8.GetBytes(header.ToJsonString()),
            Encoding.UTF8.GetBytes(issuer.Claims().ToJsonString()),
            data => key.SignData(data, HashAlgorithmName.SHA256));
    }

    private static string WeakKey(TestIssuer issuer)
    {
        using var weak = new TestKey("weak", bits: 1024);
        issuer.Published = [issuer.Key.ToJwk(), weak.ToJwk()];
        var header = issuer.Header();
        header["kid"] = weak.Id;
        return issuer.Sign(header.ToJsonString(), issuer.Claims().ToJsonString(), weak);
    }

    private static string ByStranger(TestIssuer issuer, Func<TestKey, (string Name, JsonNode Value)?> member)
    {
        using var stranger = new TestKey(issuer.Key.Id);
        var header = issuer.Header();
        if (member(stranger) is var (name, value))
        {
            header[name] = value;
        }

        return issuer.Sign(header.ToJsonString(), issuer.Claims().ToJsonString(), stranger);
    }

    private static Func<TestIssuer, string> Signature(Func<string, string> change) => issuer =>
    {
        var parts = issuer.Token().Split('.');
        return $"{parts[0]}.{parts[1]}.{change(parts[2])}";
    };

    /// <summary>256 bytes leave four bits of the last character unused: the same bytes, written in another way.</summary>
    private static string WithOtherSpareBits(string signature)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        return signature[..^1] + Alphabet[Alphabet.IndexOf(signature[^1], StringComparison.Ordinal) ^ 1];
    }

    private static string Swap(TestIssuer issuer, int part, string other)
    {
        var parts = issuer.Token().Split('.');
        parts[part] = other.Split('.')[part];
        return string.Join('.', parts);
    }

    /// <summary>Base64 with padding where base64url has none, signed as it stands.</summary>
    private static string Padded(TestIssuer issuer, int part)
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
