using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace SecureZoom.Verification.Log;

/// <summary>
/// What has to be kept of a tree to append to it and to know its root: the roots of the perfect subtrees that its leaves fall into, one
/// for each 1-bit of its size (a compact range from 0). Immutable; a copy costs nothing.
/// </summary>
public sealed class TreeEdge
{
    /// <summary>The smallest and rightmost on top.</summary>
    private readonly ImmutableStack<byte[]> _subtrees;

    private TreeEdge(long size, ImmutableStack<byte[]> subtrees) => (Size, _subtrees) = (size, subtrees);

    /// <summary>Of a tree without leaves.</summary>
    public static TreeEdge Empty { get; } = new(0, []);

    /// <summary>Leaves.</summary>
    public long Size { get; }

    public TreeHead Head => new(Size, Size == 0 ? Merkle.EmptyRoot : Merkle.Fold(_subtrees));

    /// <summary>The edge with one leaf more.</summary>
    /// <exception cref="ArgumentException">The hash is not 32 bytes long.</exception>
    public TreeEdge Append(ReadOnlySpan<byte> leafHash)
    {
        Merkle.ThrowUnlessHash(leafHash);
        var hash = leafHash.ToArray();
        var rest = _subtrees;
        // As a binary counter carries: two subtrees of a size become one of twice that.
        for (var size = Size; long.IsOddInteger(size); size >>= 1)
        {
            rest = rest.Pop(out var left);
            hash = Merkle.NodeHash(left, hash);
        }

        return new TreeEdge(Size + 1, rest.Push(hash));
    }

    /// <summary>The hashes one after the other, the largest subtree's first: 32 bytes for each 1-bit of the size.</summary>
    public byte[] ToBytes() => [.. _subtrees.Reverse().SelectMany(hash => hash)];

    /// <summary>Reads what <see cref="ToBytes"/> wrote; false when that cannot be the edge of so many leaves.</summary>
    public static bool TryRead(long size, ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out TreeEdge? edge)
    {
        edge = null;
        if (size is < 0 or > TreeHead.MaxSize || bytes.Length != BitOperations.PopCount((ulong)size) * Merkle.HashSize)
        {
            return false;
        }

        var subtrees = ImmutableStack<byte[]>.Empty;
        for (var start = 0; start < bytes.Length; start += Merkle.HashSize)
        {
            subtrees = subtrees.Push(bytes.Slice(start, Merkle.HashSize).ToArray());
        }

        edge = new TreeEdge(size, subtrees);
        return true;
    }
}
