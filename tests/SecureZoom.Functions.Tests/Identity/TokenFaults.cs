using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Identity;

/// <summary>
/// For every rule, tokens that are right but for what it looks at, signed again by the good key: whatever is refused, that rule refuses.
/// </summary>
internal sealed class TokenFaults(TestIssuer issuer, TestIssuer stranger, DateTimeOffset now)
{
    private const int Day = 86_400;

    private readonly long _now = now.ToUnixTimeSeconds();

    /// <summary>The rule's own words, and a token that breaks it.</summary>
    public IReadOnlyList<(string Rule, Func<Random, string> Make)> All =>
    [
        ("Not RS256.", Header("alg", "none", "HS256", "RS384", "PS256", "rs256", "", null, 1, new JsonArray("RS256"))),
        ("No key id.", Header("kid", "", null, 1, new JsonArray("test-key"))),
        ("A critical header member.", random => issuer.Token(header => header[Any(random, "crit", "b64")] = AnyValue(random))),
        ("A key in the header.", random => issuer.Token(header => header[Any(random, "jwk", "jku", "x5c", "x5u")] = AnyValue(random))),
        ("Not an access token by its type.", Header("typ", "ID", "dpop+jwt", "logout+jwt", "", "JWT ", null, 1, true)),
        ("at+jwt without client_id or jti.", AtJwtWithoutItsClaims),
        ("Not JSON, or a member twice.", Twice),
        ("A required claim is missing or no text.", random =>
            Claim(Any(random, "iss", "sub"), Pick(random, null, "", 1, true, new JsonArray("x"), new JsonObject()))),
        ("A time is missing or not whole seconds.", random =>
            Claim(Any(random, "iat", "exp", "nbf"), Pick(random, null, "", $"{_now}", 0, -1, 1.5, true, 253_402_300_800, new JsonArray(_now)))),
        ("No audience.", random => Claim("aud", Pick(random, null, new JsonArray()))),
        ("A list claim is something else.", random =>
            Claim(Any(random, "aud", "amr"), Pick(random, 1, true, new JsonObject(), new JsonArray(issuer.Audience, random.Next()), new JsonArray(new JsonArray(issuer.Audience))))),
        ("A text claim is something else.", random => Claim("org_id", Pick(random, 1, true, new JsonObject(), new JsonArray(issuer.Organization)))),
        ("An issuer that is not trusted.", random => Claim("iss", Any(random, stranger.Id, issuer.Id.TrimEnd('/'), $"{issuer.Id}/", $"{issuer.Id}?x", $"{issuer.Id}{random.Next()}"))),
        ("Meant for another audience.", random => Claim("aud", Any(random, stranger.Audience, $"{issuer.Audience}/", issuer.Audience[..^1], $"{issuer.Id}userinfo", $"{random.Next()}"))),
        ("Expired.", random => Times(issued: -Day + random.Next(3600), expires: -30 - random.Next(3600))),
        ("Not yet valid.", random => random.Next(2) == 0 ? Times(issued: 31 + random.Next(3600), expires: Day) : Claim("nbf", _now + 31 + random.Next(3500))),
        ("Ends before it begins.", random => Times(issued: random.Next(30), expires: -random.Next(29))),
        ("Lives too long.", random => Times(issued: -random.Next(3600), expires: Day + 1 + random.Next(int.MaxValue))),
        ("A subject is too long.", random => Claim("sub", new string('x', 257 + random.Next(1000)))),
        ("An organisation that the issuer may not speak for.", random =>
            Claim("org_id", Any(random, stranger.Organization, "", "*", $"{issuer.Organization} ", issuer.Organization.ToUpperInvariant(), "org/test", $"org_{random.Next()}", new string('x', 65)))),
        ("A key that is not the issuer's.", random => issuer.Token(header => header["kid"] = $"{issuer.Key.Id}{random.Next()}")),
        ("A signature that does not verify.", random => BySomebodyElse(random)),
    ];

    private Func<Random, string> Header(string name, params JsonNode?[] values) =>
        random => issuer.Token(header => header[name] = Pick(random, values));

    private string Claim(string name, JsonNode? value) => issuer.Token(claims: claims => claims[name] = value);

    private string Times(long issued, long expires) =>
        issuer.Token(claims: claims => (claims["iat"], claims["exp"]) = (_now + issued, _now + expires));

    private string AtJwtWithoutItsClaims(Random random) => issuer.Token(
        header => header["typ"] = Any(random, "at+jwt", "application/at+jwt", "AT+JWT"),
        claims =>
        {
            (claims["client_id"], claims["jti"]) = ("spa", $"{random.Next()}");
            claims[Any(random, "client_id", "jti")] = Pick(random, null, "", 1, new JsonArray("x"));
        });

    private string Twice(Random random)
    {
        var claims = issuer.Claims();
        var (name, _) = claims.ElementAt(random.Next(claims.Count));
        return issuer.Sign(
            issuer.Header().ToJsonString(), $"{{{JsonValue.Create(name).ToJsonString()}:{AnyValue(random)?.ToJsonString() ?? "null"},{claims.ToJsonString()[1..]}");
    }

    /// <summary>A right token under the good key's id, by a key that is good elsewhere.</summary>
    private string BySomebodyElse(Random random)
    {
        var claims = issuer.Claims();
        claims["jti"] = $"{random.Next()}";
        return issuer.Sign(issuer.Header().ToJsonString(), claims.ToJsonString(), stranger.Key);
    }

    private static JsonNode? AnyValue(Random random) => Pick(random, null, "", "x", 1, true, new JsonArray("exp"), new JsonObject(), random.Next());

    private static JsonNode? Pick(Random random, params JsonNode?[] values) => values[random.Next(values.Length)]?.DeepClone();

    private static string Any(Random random, params string[] values) => values[random.Next(values.Length)];
}
