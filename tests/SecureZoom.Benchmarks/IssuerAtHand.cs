using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Protocols;

namespace SecureZoom.Benchmarks;

/// <summary>An issuer without a network: its documents are at hand, and it signs access tokens as Auth0 does (RS256, RSA-2048).</summary>
internal sealed class IssuerAtHand : IDocumentRetriever
{
    public const string Domain = "tenant.example";
    public const string Audience = "https://api.securezoom.example";

    private const string Issuer = $"https://{Domain}/";
    private const string KeyId = "key";
    private const string Namespace = "https://securezoom.example/";

    public static RSA Key { get; } = RSA.Create(2048);

    public Task<string> GetDocumentAsync(string address, CancellationToken cancel)
    {
        var key = Key.ExportParameters(includePrivateParameters: false);
        JsonObject document = address.EndsWith("/openid-configuration", StringComparison.Ordinal)
            ? new() { ["issuer"] = Issuer, ["jwks_uri"] = $"{Issuer}keys" }
            : new()
            {
                ["keys"] = new JsonArray(new JsonObject
                {
                    ["kty"] = "RSA",
                    ["use"] = "sig",
                    ["kid"] = KeyId,
                    ["n"] = Base64Url.EncodeToString(key.Modulus),
                    ["e"] = Base64Url.EncodeToString(key.Exponent),
                }),
            };
        return Task.FromResult(document.ToJsonString());
    }

    /// <summary>A person's token, with all the claims that our Action at Auth0 sets.</summary>
    public static string Token(string organization, int person)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = Issuer,
            ["sub"] = $"auth0|{person:D24}",
            ["aud"] = new JsonArray(Audience, $"{Issuer}userinfo"),
            ["iat"] = now,
            ["exp"] = now + 7200,
            ["azp"] = "securezoom-spa",
            ["scope"] = "openid profile email",
            ["org_id"] = organization,
            ["org_name"] = "Acme Corp",
            ["permissions"] = new JsonArray(),
            [$"{Namespace}email"] = $"alice{person}@acme.test",
            [$"{Namespace}email_verified"] = true,
            [$"{Namespace}name"] = "Alice Example",
            [$"{Namespace}department"] = "Marketing",
            [$"{Namespace}groups"] = new JsonArray("zoom-hosts", "employees"),
            [$"{Namespace}org_domains"] = new JsonArray("acme.test"),
            [$"{Namespace}sid"] = "0123456789abcdef",
            [$"{Namespace}auth_time"] = now,
        };
        var signed = $"{Encode($$"""{"alg":"RS256","typ":"JWT","kid":"{{KeyId}}"}""")}.{Encode(claims.ToJsonString())}";
        return $"{signed}.{Base64Url.EncodeToString(Key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
