using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SecureZoom.Verification;

/// <summary>A JWS (RFC 7515) with ES256 over a text that is detached and not encoded (RFC 7797), its public key in its header.</summary>
public static class DetachedJws
{
    private const string Algorithm = "ES256";
    private const string Detached = "b64";
    private const int MaxLength = 4096;

    /// <summary>Signs a text with a P-256 key.</summary>
    /// <param name="say">Adds to the header what is signed beside the text.</param>
    /// <returns>The compact form, without its payload.</returns>
    public static string Sign(string type, string text, ECDsa privateKey, Func<JwsHeader, JwsHeader>? say = null)
    {
        var key = PublicKey.Of(privateKey);
        var head = new JwsHeader(Algorithm, type, key.Thumbprint, key, Base64: false, [Detached]);
        var header = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(say?.Invoke(head) ?? head, VerificationJson.Default.JwsHeader));
        return $"{header}..{Base64Url.EncodeToString(privateKey.SignData(Signed(header, text), HashAlgorithmName.SHA256))}";
    }

    /// <summary>Reads the header of a signature of this type that fits the text and the key in the header; whether that is trusted is another question.</summary>
    public static bool TryRead(string type, string jws, string text, [NotNullWhen(true)] out JwsHeader? header)
    {
        header = null;
        if (jws.Length > MaxLength || jws.Split('.') is not [var part, "", var bytes])
        {
            return false;
        }

        try
        {
            var head = JsonSerializer.Deserialize(Base64Url.DecodeFromChars(part), VerificationJson.Default.JwsHeader);
            if (head is not { Algorithm: Algorithm, Base64: false, Critical: [Detached], Key: { } key } || head.Type != type || head.KeyId != key.Thumbprint)
            {
                return false;
            }

            using var publicKey = key.ToECDsa();
            header = publicKey.VerifyData(Signed(part, text), Base64Url.DecodeFromChars(bytes), HashAlgorithmName.SHA256) ? head : null;
            return header is not null;
        }
        catch (Exception exception) when (exception is JsonException or FormatException or CryptographicException or ArgumentException)
        {
            return false;
        }
    }

    private static byte[] Signed(string header, string text) => Encoding.UTF8.GetBytes($"{header}.{text}");
}
