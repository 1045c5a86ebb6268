using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace SecureZoom.Functions.Tests.Support;

/// <summary>An RSA key of a <see cref="TestIssuer"/>, for any algorithm that RSA can do.</summary>
public sealed class TestKey(string id, int bits = 2048) : IDisposable
{
    public string Id => id;

    public RSA Rsa { get; } = RSA.Create(bits);

    public byte[] Sign(byte[] data) => Sign(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    public byte[] Sign(byte[] data, HashAlgorithmName hash, RSASignaturePadding padding) => Rsa.SignData(data, hash, padding);

    /// <summary>The public key as a key set lists it.</summary>
    public JsonObject ToJwk()
    {
        var parameters = Rsa.ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["kid"] = id,
            ["n"] = Base64UrlEncoder.Encode(parameters.Modulus),
            ["e"] = Base64UrlEncoder.Encode(parameters.Exponent),
        };
    }

    public void Dispose() => Rsa.Dispose();
}
