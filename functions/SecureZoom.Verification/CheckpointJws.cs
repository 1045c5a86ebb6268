using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SecureZoom.Verification;

/// <summary>
/// A checkpoint's second signature: a JWS (RFC 7515) with ES256 over the note's own text, which is detached and not encoded (RFC 7797), with
/// the time in its header, which a note cannot say.
/// </summary>
/// <param name="Key">The key in its header; whether it is trusted is another question.</param>
/// <param name="Organization">Whose trail the log is: its origin does not tell.</param>
public sealed record CheckpointJws(PublicKey Key, DateTimeOffset SignedAt, string Organization)
{
    private const string Algorithm = "ES256";
    private const string Type = "audit-checkpoint";
    private const string Detached = "b64";
    private const int MaxLength = 4096;

    /// <summary>Signs a checkpoint's text with a P-256 key, as of now.</summary>
    /// <returns>The compact form, without its payload.</returns>
    public static string Sign(string text, string organization, DateTimeOffset now, ECDsa privateKey)
    {
        var key = PublicKey.Of(privateKey);
        var header = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(
            new JwsHeader(Algorithm, Type, key.Thumbprint, key, Base64: false, [Detached], now.ToUnixTimeSeconds(), organization),
            VerificationJson.Default.JwsHeader));
        return $"{header}..{Base64Url.EncodeToString(privateKey.SignData(Signed(header, text), HashAlgorithmName.SHA256))}";
    }

    /// <summary>Reads a signature that fits the text and the key in its header.</summary>
    public static bool TryRead(string jws, string text, [NotNullWhen(true)] out CheckpointJws? signature)
    {
        signature = null;
        if (jws.Length > MaxLength || jws.Split('.') is not [var header, "", var bytes])
        {
            return false;
        }

        try
        {
            var head = JsonSerializer.Deserialize(Base64Url.DecodeFromChars(header), VerificationJson.Default.JwsHeader);
            if (head is not { Algorithm: Algorithm, Type: Type, Base64: false, Critical: [Detached], Key: { } key } || head.KeyId != key.Thumbprint)
            {
                return false;
            }

            using var publicKey = key.ToECDsa();
            signature = publicKey.VerifyData(Signed(header, text), Base64Url.DecodeFromChars(bytes), HashAlgorithmName.SHA256)
                ? new CheckpointJws(key, DateTimeOffset.FromUnixTimeSeconds(head.Time), head.Organization)
                : null;
            return signature is not null;
        }
        catch (Exception exception) when (exception is JsonException or FormatException or CryptographicException or ArgumentException)
        {
            return false;
        }
    }

    private static byte[] Signed(string header, string text) => Encoding.UTF8.GetBytes($"{header}.{text}");
}

/// <summary>Its protected header.</summary>
internal sealed record JwsHeader(
    [property: JsonPropertyName("alg")] string Algorithm,
    [property: JsonPropertyName("typ")] string Type,
    [property: JsonPropertyName("kid")] string KeyId,
    [property: JsonPropertyName("jwk")] PublicKey Key,
    [property: JsonPropertyName("b64")] bool Base64,
    [property: JsonPropertyName("crit")] IReadOnlyList<string> Critical,
    [property: JsonPropertyName("iat")] long Time,
    [property: JsonPropertyName("org")] string Organization);
