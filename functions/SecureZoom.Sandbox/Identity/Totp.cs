using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace SecureZoom.Sandbox.Identity;

/// <summary>Time-based one-time passwords (RFC 6238): six digits, thirty seconds, SHA-1.</summary>
internal static class Totp
{
    private const int Step = 30;

    /// <summary>The code of a moment.</summary>
    public static string CodeAt(byte[] secret, DateTimeOffset time) => Code(secret, time.ToUnixTimeSeconds() / Step);

    /// <summary>Whether a code is that of now or of one step beside.</summary>
    public static bool Fits(byte[] secret, DateTimeOffset time, string code) =>
        Enumerable.Range(-1, 3).Any(beside => Code(secret, (time.ToUnixTimeSeconds() / Step) + beside) == code);

    private static string Code(byte[] secret, long counter)
    {
        Span<byte> message = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(message, counter);
#pragma warning disable CA5350 // What authenticator apps compute (RFC 6238).
        var hash = HMACSHA1.HashData(secret, message);
#pragma warning restore CA5350
        var value = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0x0f)) & int.MaxValue;
        return (value % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }
}
