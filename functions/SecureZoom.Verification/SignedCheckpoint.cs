using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SecureZoom.Verification;

/// <summary>A checkpoint in its compact form: a JWS (RFC 7515) with ES256, whose header holds the public key that signed it.</summary>
/// <param name="Compact">The JWS as it was signed.</param>
/// <param name="Key">The key in its header.</param>
public sealed record SignedCheckpoint(string Compact, PublicKey Key, Checkpoint Statement)
{
    /// <summary>The <c>typ</c> of the header.</summary>
    public const string Type = "audit-checkpoint";

    private const string Algorithm = "ES256";
    private const int MaxLength = 1024 * 1024;

    /// <summary>What the checkpoint after this one names as its <see cref="Checkpoint.Previous"/>.</summary>
    public string Digest => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Compact)));

    /// <summary>Signs a statement with a P-256 key.</summary>
    public static SignedCheckpoint Sign(Checkpoint statement, ECDsa privateKey)
    {
        var key = PublicKey.Of(privateKey);
        var header = JsonSerializer.SerializeToUtf8Bytes(
            new CheckpointHeader(Algorithm, Type, key.Thumbprint, key), VerificationJson.Default.CheckpointHeader);
        var payload = JsonSerializer.SerializeToUtf8Bytes(statement, VerificationJson.Default.Checkpoint);
        var signed = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(payload)}";
        var signature = privateKey.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256);
        return new SignedCheckpoint($"{signed}.{Base64Url.EncodeToString(signature)}", key, statement);
    }

    /// <summary>Reads a checkpoint whose signature fits the key in its header; whether that key is trusted is another question.</summary>
    public static bool TryRead(string compact, [NotNullWhen(true)] out SignedCheckpoint? checkpoint)
    {
        checkpoint = null;
        if (compact.Length > MaxLength || compact.Split('.') is not [var header, var payload, var signature])
        {
            return false;
        }

        try
        {
            var head = JsonSerializer.Deserialize(Base64Url.DecodeFromChars(header), VerificationJson.Default.CheckpointHeader);
            if (head is not { Algorithm: Algorithm, Type: Type, Key: { } key } || head.KeyId != key.Thumbprint)
            {
                return false;
            }

            using var publicKey = key.ToECDsa();
            if (!publicKey.VerifyData(
                Encoding.ASCII.GetBytes($"{header}.{payload}"), Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256))
            {
                return false;
            }

            var statement = JsonSerializer.Deserialize(Base64Url.DecodeFromChars(payload), VerificationJson.Default.Checkpoint);
            checkpoint = statement is null ? null : new SignedCheckpoint(compact, key, statement);
            return checkpoint is not null;
        }
        catch (Exception exception) when (exception is JsonException or FormatException or CryptographicException or ArgumentException)
        {
            return false;
        }
    }
}

/// <summary>A checkpoint's header.</summary>
internal sealed record CheckpointHeader(
    [property: JsonPropertyName("alg")] string Algorithm,
    [property: JsonPropertyName("typ")] string Type,
    [property: JsonPropertyName("kid")] string KeyId,
    [property: JsonPropertyName("jwk")] PublicKey Key);
