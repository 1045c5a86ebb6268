using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace SecureZoom.Functions.Tests.Support;

/// <summary>An RSA key of a <see cref="TestIssuer"/>, for any algorithm that RSA can do; no two that live at the same time are the same.</summary>
public sealed class TestKey(string id, int bits = 2048) : IDisposable
{
    // A new key takes a third of a second, so what is disposed serves again.
    private static readonly ConcurrentDictionary<int, ConcurrentBag<RSA>> Idle = new();

    private readonly ConcurrentDictionary<string, byte[]> _signatures = new(StringComparer.Ordinal);

    private bool _isIdle;

    public string Id => id;

    public RSA Rsa { get; } = IdleOf(bits).TryTake(out var idle) ? idle : RSA.Create(bits);

    /// <summary>RS256, which signs the same the same way: so each text is signed once.</summary>
    public byte[] Sign(byte[] data) => _signatures.GetOrAdd(
        Encoding.Latin1.GetString(data), _ => Sign(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

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

    public void Dispose()
    {
        if (!Interlocked.Exchange(ref _isIdle, true))
        {
            IdleOf(bits).Add(Rsa);
        }
    }

    private static ConcurrentBag<RSA> IdleOf(int bits) => Idle.GetOrAdd(bits, _ => []);
}
