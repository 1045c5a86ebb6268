using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SecureZoom.Functions.Secrets;

/// <summary>Seals bytes so that only we can read and make them: JWE compact serialisation, <c>dir</c> with <c>A256GCM</c> (RFC 7516).</summary>
/// <remarks>
/// The header names the type, so that a token for one purpose is none for another, and the key, so that a rotated one is found at once.
/// The 256-bit key is derived from the secret by HKDF-SHA256 with the type as info.
/// </remarks>
internal static class Jwe
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    public static string Seal(ReadOnlySpan<byte> plain, string type, SecretVersion secret)
    {
        var header = Encode(Encoding.ASCII.GetBytes(Header(type, secret)));
        Span<byte> nonce = stackalloc byte[NonceSize];
        RandomNumberGenerator.Fill(nonce);
        Span<byte> tag = stackalloc byte[TagSize];
        var cipher = new byte[plain.Length];
        using var aes = new AesGcm(Key(type, secret), TagSize);
        aes.Encrypt(nonce, plain, cipher, tag, Encoding.ASCII.GetBytes(header));
        return $"{header}..{Encode(nonce)}.{Encode(cipher)}.{Encode(tag)}";
    }

    /// <summary>The bytes; null when the token is not ours, not of this type, or sealed with a version that is no longer enabled.</summary>
    public static byte[]? Open(string token, string type, IReadOnlyList<SecretVersion> secrets)
    {
        var parts = token.Split('.');
        if (parts is not [var header, "", var nonce, var cipher, var tag])
        {
            return null;
        }

        // Only headers that we write ourselves are looked at any further, so nothing in them needs to be understood.
        var secret = secrets.FirstOrDefault(candidate => Encode(Encoding.ASCII.GetBytes(Header(type, candidate))) == header);
        return secret is null ? null : Decrypt(header, Decode(nonce), Decode(cipher), Decode(tag), Key(type, secret));
    }

    private static byte[]? Decrypt(string header, byte[]? nonce, byte[]? cipher, byte[]? tag, byte[] key)
    {
        if (nonce is not { Length: NonceSize } || cipher is null || tag is not { Length: TagSize })
        {
            return null;
        }

        var plain = new byte[cipher.Length];
        using var aes = new AesGcm(key, TagSize);
        try
        {
            aes.Decrypt(nonce, cipher, tag, plain, Encoding.ASCII.GetBytes(header));
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static string Header(string type, SecretVersion secret) =>
        $$"""{"alg":"dir","enc":"A256GCM","typ":"{{JsonEncodedText.Encode(type)}}","kid":"{{KeyId(secret)}}"}""";

    private static string KeyId(SecretVersion secret) =>
        Convert.ToHexStringLower(HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret.Value), 8, info: "kid"u8.ToArray()));

    private static byte[] Key(string type, SecretVersion secret) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret.Value), 32, info: Encoding.ASCII.GetBytes(type));

    private static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    private static byte[]? Decode(string text)
    {
        try
        {
            var bytes = Base64Url.DecodeFromChars(text);
            return Encode(bytes) == text ? bytes : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
