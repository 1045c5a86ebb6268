using System.Security.Cryptography;

namespace SecureZoom.Verification.Log;

/// <summary>The hashes of a Merkle tree (RFC 6962 §2.1). Leaves and nodes are hashed apart, so that no entry can pass for a node.</summary>
public static class Merkle
{
    /// <summary>Bytes a hash: SHA-256.</summary>
    public const int HashSize = SHA256.HashSizeInBytes;

    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;

    /// <summary>The root of a tree without leaves.</summary>
    public static byte[] EmptyRoot => SHA256.HashData([]);

    /// <param name="entry">Of any length.</param>
    public static byte[] LeafHash(ReadOnlySpan<byte> entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([LeafPrefix]);
        hash.AppendData(entry);
        return hash.GetHashAndReset();
    }

    /// <exception cref="ArgumentException">One of the two is not 32 bytes long.</exception>
    public static byte[] NodeHash(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        ThrowUnlessHash(left);
        ThrowUnlessHash(right);
        Span<byte> node = stackalloc byte[1 + (2 * HashSize)];
        node[0] = NodePrefix;
        left.CopyTo(node[1..]);
        right.CopyTo(node[(1 + HashSize)..]);
        return SHA256.HashData(node);
    }

    /// <summary>The hash over neighbouring subtrees, the smallest and rightmost of them first.</summary>
    internal static byte[] Fold(IEnumerable<byte[]> subtrees) => subtrees.Aggregate((right, left) => NodeHash(left, right));

    internal static void ThrowUnlessHash(ReadOnlySpan<byte> hash)
    {
        if (hash.Length != HashSize)
        {
            throw new ArgumentException($"A hash has {HashSize} bytes, not {hash.Length}.", nameof(hash));
        }
    }
}
