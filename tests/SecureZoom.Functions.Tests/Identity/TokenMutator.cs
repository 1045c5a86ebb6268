using System.Text;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Identity;

/// <summary>Makes unlikely tokens out of good ones; the same random numbers make the same token.</summary>
internal sealed class TokenMutator(TestIssuer issuer, DateTimeOffset now)
{
    private const string Noise = "ABab09-_+/=. \t\"{}[]:,\\u\0é€";
    private const string LoneSurrogate = "@lone-surrogate@";

    private static readonly string[] HeaderNames =
        ["alg", "typ", "kid", "crit", "b64", "jwk", "jku", "x5c", "x5u", "x5t", "cty", "zip", "enc"];

    private static readonly string[] ClaimNames =
    [
        "iss", "sub", "aud", "exp", "iat", "nbf", "jti", "client_id", "org_id", "org_name", "permissions", "amr", "scope",
        "https://securezoom.example/org_domains",
        "https://securezoom.example/groups", "https://securezoom.example/email", "https://securezoom.example/email_verified",
        "https://securezoom.example/name", "https://securezoom.example/department",
    ];

    /// <summary>A right token, with whatever it may carry in any form.</summary>
    public string Right(Random random)
    {
        string[] descriptive = ["org_name", "permissions", "https://securezoom.example/groups", "https://securezoom.example/email",
            "https://securezoom.example/email_verified", "https://securezoom.example/name", "https://securezoom.example/department",
            "https://securezoom.example/org_domains", "scope"];
        return issuer.Token(
            header => header["typ"] = random.Next(2) == 0 ? "JWT" : "jwt",
            claims =>
            {
                claims["iat"] = now.ToUnixTimeSeconds() - random.Next(3600);
                claims["exp"] = now.ToUnixTimeSeconds() + 1 + random.Next(82_800);
                claims[descriptive[random.Next(descriptive.Length)]] = Value(random);
                if (random.Next(4) == 0)
                {
                    claims.Remove("org_id");
                }
            });
    }

    /// <summary>Up to three changes to header and claims, as JSON or as text or as bytes, signed by the good key.</summary>
    public string SignedAgain(Random random)
    {
        var (header, claims) = (issuer.Header(), issuer.Claims());
        for (var changes = random.Next(4); changes > 0; changes--)
        {
            if (random.Next(3) == 0)
            {
                Change(random, header, HeaderNames);
            }
            else
            {
                Change(random, claims, ClaimNames);
            }
        }

        return TestIssuer.Sign(Written(random, header), Written(random, claims), issuer.Key.Sign);
    }

    /// <summary>A good token with one to four characters changed, added or taken away.</summary>
    public static string Damaged(Random random, string token)
    {
        var text = new StringBuilder(token);
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            var place = random.Next(text.Length);
            switch (random.Next(5))
            {
                case 0:
                    text[place] = Noise[random.Next(Noise.Length)];
                    break;
                case 1:
                    text.Insert(place, Noise[random.Next(Noise.Length)]);
                    break;
                case 2:
                    text.Remove(place, 1);
                    break;
                case 3:
                    text.Append('=', random.Next(1, 3));
                    break;
                default:
                    text[^1] = Noise[random.Next(Noise.Length)];
                    break;
            }
        }

        return text.ToString();
    }

    private void Change(Random random, JsonObject json, string[] names)
    {
        var name = names[random.Next(names.Length)];
        switch (random.Next(6))
        {
            case 0:
                json.Remove(name);
                break;
            case 1 when json.TryGetPropertyValue(name, out var value):
                json.Remove(name);
                json[name.ToUpperInvariant()] = value?.DeepClone();
                break;
            case 2 when json[name] is JsonValue value:
                json[name] = new JsonArray(value.DeepClone());
                break;
            default:
                json[name] = Value(random);
                break;
        }
    }

    private JsonNode? Value(Random random)
    {
        var seconds = now.ToUnixTimeSeconds();
        JsonNode?[] values =
        [
            null, true, false, 0, -1, 1, 1.5, 1e300, 253_402_300_799, 253_402_300_800, long.MaxValue, long.MinValue,
            seconds, seconds - 29, seconds - 30, seconds - 31, seconds + 29, seconds + 30, seconds + 31, seconds + 3600, seconds + 0.5,
            $"{seconds}", "", " ", "*", "none", "RS256", "rs256", "HS256", "JWT", "jwt", "at+jwt", "AT+JWT", "application/at+jwt", "ID",
            issuer.Id, issuer.Id.TrimEnd('/'), $"{issuer.Id}/", issuer.Audience, $"{issuer.Audience}/", issuer.Audience.ToUpperInvariant(),
            issuer.Organization, "org_acme", issuer.Key.Id, LoneSurrogate, "a\0b", "x\ny", new string('x', 300),
            new JsonArray(), new JsonArray(issuer.Audience), new JsonArray(""), new JsonArray(1), new JsonArray("exp"), new JsonArray("mfa"),
            new JsonObject(), new JsonObject { ["a"] = new JsonArray(new JsonObject()) },
        ];
        return values[random.Next(values.Length)];
    }

    /// <summary>The JSON as text, now and then with something in it that JSON writers do not write.</summary>
    private static byte[] Written(Random random, JsonObject json)
    {
        var text = json.ToJsonString().Replace(LoneSurrogate, @"\udfff", StringComparison.Ordinal);
        switch (random.Next(24))
        {
            case 0 when json.Count > 0:
                var (name, value) = json.ElementAt(random.Next(json.Count));
                text = $"{{{JsonValue.Create(name).ToJsonString()}:{value?.ToJsonString() ?? "null"},{text[1..]}";
                break;
            case 1:
                text = text.Replace("i", @"\u0069", StringComparison.Ordinal);
                break;
            case 2:
                text = $" {text.Replace(":", " :\n", StringComparison.Ordinal)}\r\n";
                break;
            case 3:
                text = text.Insert(random.Next(text.Length), $"{Noise[random.Next(Noise.Length)]}");
                break;
            case 4:
                text = text.Remove(random.Next(text.Length), 1);
                break;
            case 5:
                var bytes = Encoding.UTF8.GetBytes(text);
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                return bytes;
            case 6:
                text = $"{{\"\\ud800\":1,{text[1..]}";
                break;
        }

        return Encoding.UTF8.GetBytes(text);
    }
}
