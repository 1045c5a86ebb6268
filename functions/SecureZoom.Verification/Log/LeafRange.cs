using System.Numerics;

namespace SecureZoom.Verification.Log;

/// <summary>Neighbouring leaves that one hash of the tree covers.</summary>
/// <param name="Start">A multiple of the smallest power of two that holds them all.</param>
/// <param name="End">Exclusive.</param>
internal readonly record struct LeafRange(long Start, long End)
{
    /// <summary>The perfect subtrees that they fall into, the largest and leftmost first.</summary>
    public IEnumerable<Subtree> Subtrees()
    {
        for (var start = Start; start < End;)
        {
            var height = BitOperations.Log2((ulong)(End - start));
            yield return new Subtree(height, start >> height);
            start += 1L << height;
        }
    }

    /// <summary>The ranges beside the way down from the root to the range of which <paramref name="leaf"/> is the last, the lowest first.</summary>
    /// <param name="arrived">Whether this is it.</param>
    public static IReadOnlyList<LeafRange> Siblings(long leaf, long size, Func<LeafRange, bool> arrived, out LeafRange last)
    {
        var siblings = new Stack<LeafRange>();
        var range = new LeafRange(0, size);
        while (!arrived(range))
        {
            var middle = range.Start + (1L << BitOperations.Log2((ulong)(range.End - range.Start - 1)));
            var (left, right) = (range with { End = middle }, range with { Start = middle });
            (range, var sibling) = leaf < middle ? (left, right) : (right, left);
            siblings.Push(sibling);
        }

        last = range;
        return [.. siblings];
    }
}

/// <summary>A perfect subtree of 2^<paramref name="Height"/> leaves, the <paramref name="Index"/>th of its height.</summary>
internal readonly record struct Subtree(int Height, long Index)
{
    /// <summary>The tile that its root can be made of, in a tree of so many leaves.</summary>
    public Tile TileIn(long size) => Tile.At(Height / Tile.Height, Index >> (Tile.Height - Inner), size);

    /// <summary>Its root.</summary>
    /// <param name="tile">What <see cref="TileIn"/> names.</param>
    public byte[] Root(ReadOnlySpan<byte> tile)
    {
        var length = Merkle.HashSize << Inner;
        var place = (int)(Index & ((1L << (Tile.Height - Inner)) - 1));
        return Tile.Root(tile.Slice(place * length, length));
    }

    /// <summary>Levels above the tile's hashes.</summary>
    private int Inner => Height % Tile.Height;
}
