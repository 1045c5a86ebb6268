using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace SecureZoom.Verification;

/// <summary>The public half of a P-256 key, as a JWK (RFC 7517).</summary>
/// <param name="X">32 bytes, base64url.</param>
/// <param name="Y">32 bytes, base64url.</param>
public sealed record PublicKey([property: JsonPropertyName("x")] string X, [property: JsonPropertyName("y")] string Y)
{
    [JsonPropertyName("kty")]
    public string KeyType { get; } = "EC";

    [JsonPropertyName("crv")]
    public string Curve { get; } = "P-256";

    [JsonPropertyName("use")]
    public string Use { get; } = "sig";

    [JsonPropertyName("alg")]
    public string Algorithm { get; } = "ES256";

    /// <summary>SHA-256 over the key, base64url (RFC 7638): the fingerprint that an auditor pins.</summary>
    [JsonPropertyName("kid")]
    public string Thumbprint => Base64Url.EncodeToString(
        SHA256.HashData(Encoding.UTF8.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{X}}","y":"{{Y}}"}""")));

    /// <exception cref="CryptographicException">The key is not on P-256.</exception>
    public static PublicKey Of(ECDsa key)
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        return parameters.Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value
            ? new PublicKey(Base64Url.EncodeToString(parameters.Q.X), Base64Url.EncodeToString(parameters.Q.Y))
            : throw new CryptographicException("The key is not on P-256.");
    }

    /// <exception cref="CryptographicException">X and Y are no point of the curve.</exception>
    /// <exception cref="FormatException">X or Y is not base64url.</exception>
    public ECDsa ToECDsa() => ECDsa.Create(new ECParameters
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new ECPoint { X = Base64Url.DecodeFromChars(X), Y = Base64Url.DecodeFromChars(Y) },
    });
}
