using System.Security.Cryptography;

namespace SecureZoom.Verification.Log;

/// <summary>
/// What one entry of the log commits to: the deed, and apart from it a part for each person and each text that the deed leaves out, all
/// UTF-8 JSON, each under a random salt of its own, so that a part can be forgotten, or left out of an evidence file, and the deed stay
/// provable.
/// </summary>
/// <param name="Salt">The deed's.</param>
/// <remarks>
/// The entry is the version byte and a commitment for each part, the deed's first: HMAC-SHA256 with the salt as its key. Without its salt a
/// commitment says nothing of its part, however few it could be.
/// </remarks>
public sealed record LogRecord(ReadOnlyMemory<byte> Deed, byte[] Salt, IReadOnlyList<RecordPart> Parts)
{
    /// <summary>Bytes a salt.</summary>
    public const int SaltSize = 32;

    private const byte Version = 1;

    /// <summary>A record of these parts, under new salts.</summary>
    public static LogRecord Of(ReadOnlyMemory<byte> deed, IEnumerable<ReadOnlyMemory<byte>> parts) =>
        new(deed, NewSalt(), [.. parts.Select(part => RecordPart.Of(part, NewSalt()))]);

    /// <summary>The entry's hash in the tree.</summary>
    public byte[] LeafHash()
    {
        byte[] entry = [Version, .. HMACSHA256.HashData(Salt, Deed.Span), .. Parts.SelectMany(part => part.Commitment)];
        return Merkle.LeafHash(entry);
    }

    private static byte[] NewSalt() => RandomNumberGenerator.GetBytes(SaltSize);
}
