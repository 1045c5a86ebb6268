using System.Security.Cryptography;

namespace SecureZoom.Verification.Log;

/// <summary>
/// What one entry of the log commits to: the deed, and apart from it a part for each person and each text that the deed leaves out, all
/// UTF-8 JSON, each under a random salt of its own, so that a part can be forgotten, or left out of an evidence file, and the deed stay
/// provable.
/// </summary>
/// <remarks>
/// The entry is the version byte and a commitment for each part, the deed's first: HMAC-SHA256 with the salt as its key. Without its salt a
/// commitment says nothing of its part, however few it could be.
/// </remarks>
public sealed record LogRecord(ReadOnlyMemory<byte> Deed, IReadOnlyList<ReadOnlyMemory<byte>> Parts, IReadOnlyList<byte[]> Salts)
{
    /// <summary>Bytes a salt.</summary>
    public const int SaltSize = 32;

    private const byte Version = 1;

    /// <summary>A record of these parts, under new salts.</summary>
    public static LogRecord Of(ReadOnlyMemory<byte> deed, IReadOnlyList<ReadOnlyMemory<byte>> parts) =>
        new(deed, parts, [.. Enumerable.Range(0, parts.Count + 1).Select(_ => RandomNumberGenerator.GetBytes(SaltSize))]);

    /// <summary>The entry's hash in the tree.</summary>
    public byte[] LeafHash()
    {
        var entry = new byte[1 + (Salts.Count * HMACSHA256.HashSizeInBytes)];
        entry[0] = Version;
        for (var i = 0; i < Salts.Count; i++)
        {
            var part = i == 0 ? Deed : Parts[i - 1];
            HMACSHA256.HashData(Salts[i], part.Span, entry.AsSpan(1 + (i * HMACSHA256.HashSizeInBytes)));
        }

        return Merkle.LeafHash(entry);
    }
}
