namespace SecureZoom.Verification.Log;

/// <summary>
/// Makes proofs for a tree of which the head is known and the hashes are in tiles. Nothing that tiles say is handed on before it has been
/// hashed up to the head's root. Keeps the tiles that it has read, so one is made for an answer, and used by one caller at a time.
/// </summary>
/// <param name="read">Reads a tile's bytes: its own, or more of them where it has grown since.</param>
public sealed class TileTree(TreeHead head, Func<Tile, CancellationToken, Task<ReadOnlyMemory<byte>>> read)
{
    private readonly Dictionary<Tile, ReadOnlyMemory<byte>> _tiles = [];

    /// <summary>The path from a leaf to the root, for <see cref="InclusionProof.Verify"/>: at ten million leaves, of five tiles at most.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tree has no such leaf.</exception>
    /// <exception cref="TileException"/>
    public async Task<IReadOnlyList<byte[]>> ProveInclusionAsync(long index, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, head.Size);
        var siblings = LeafRange.Siblings(index, head.Size, range => range.End - range.Start == 1, out var leaf);
        await ReadAsync([.. siblings, leaf], cancellationToken);
        var path = siblings.Select(Hash).ToArray();
        return InclusionProof.Verify(path, index, Hash(leaf), head) ? path : throw Unproved();
    }

    /// <summary>
    /// The head that the tree had when it was smaller, and the path from there, for <see cref="ConsistencyProof.Verify"/>. Another old head
    /// of this size is one of another tree.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The tree was never of this size.</exception>
    /// <exception cref="TileException"/>
    public async Task<(TreeHead Old, IReadOnlyList<byte[]> Path)> ProveConsistencyAsync(long oldSize, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(oldSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, head.Size);
        if (oldSize == 0)
        {
            return (TreeHead.Empty, []);
        }

        var ranges = LeafRange.Siblings(oldSize - 1, head.Size, range => range.End == oldSize, out var last);
        // The old tree's own root is not in the path: who verifies it has that.
        ranges = last.Start == 0 ? ranges : [last, .. ranges];
        var whole = new LeafRange(0, oldSize);
        await ReadAsync([.. ranges, whole], cancellationToken);
        var old = new TreeHead(oldSize, Hash(whole));
        var path = ranges.Select(Hash).ToArray();
        return ConsistencyProof.Verify(path, old, head) ? (old, path) : throw Unproved();
    }

    /// <summary>What is needed to append to the tree.</summary>
    /// <exception cref="TileException"/>
    public async Task<TreeEdge> ReadEdgeAsync(CancellationToken cancellationToken)
    {
        var subtrees = new LeafRange(0, head.Size).Subtrees().ToList();
        await ReadAsync([new LeafRange(0, head.Size)], cancellationToken);
        byte[] hashes = [.. subtrees.SelectMany(subtree => subtree.Root(_tiles[subtree.TileIn(head.Size)].Span))];
        return TreeEdge.TryRead(head.Size, hashes, out var edge) && edge.Head.Equals(head) ? edge : throw Unproved();
    }

    /// <summary>The tiles that these hashes are made of, side by side.</summary>
    private async Task ReadAsync(IEnumerable<LeafRange> ranges, CancellationToken cancellationToken)
    {
        var missing = ranges.SelectMany(range => range.Subtrees()).Select(subtree => subtree.TileIn(head.Size)).Distinct().Except(_tiles.Keys);
        foreach (var (tile, bytes) in await Task.WhenAll(missing.Select(async tile => (tile, await read(tile, cancellationToken)))))
        {
            _tiles[tile] = bytes.Length >= tile.ByteCount ? bytes : throw new TileException($"{tile.Path} has only {bytes.Length} bytes.");
        }
    }

    private byte[] Hash(LeafRange range) =>
        Merkle.Fold(range.Subtrees().Reverse().Select(subtree => subtree.Root(_tiles[subtree.TileIn(head.Size)].Span)));

    private TileException Unproved() => new($"The tiles are not those of the tree of {head.Size} leaves whose root is known.");
}
