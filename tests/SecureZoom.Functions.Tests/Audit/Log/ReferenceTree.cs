using System.Numerics;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Tests.Audit.Log;

/// <summary>A tree and its paths by the recursive definitions of RFC 6962 §2.1, as plainly as they stand there.</summary>
internal sealed class ReferenceTree
{
    private readonly Dictionary<(int, int), byte[]> roots = [];

    public ReferenceTree(int leaves)
        : this([.. Enumerable.Range(0, leaves).Select(index => Merkle.LeafHash(BitConverter.GetBytes(index)))])
    {
    }

    public ReferenceTree(byte[][] leaves) => Leaves = leaves;

    public byte[][] Leaves { get; }

    public TreeHead Head(int size) => new(size, Root(0, size));

    public byte[][] InclusionPath(int index, int size) => [.. Path(index, 0, size)];

    /// <summary>From a tree that is not empty.</summary>
    public byte[][] ConsistencyPath(int oldSize, int size) => [.. SubProof(oldSize, 0, size)];

    /// <summary>The tree's tile, and all that it has after it: as one that was stored when the tree had grown.</summary>
    public ReadOnlyMemory<byte> Read(Tile tile)
    {
        var span = 1 << (Tile.Height * tile.Level);
        var start = (int)tile.Index * Tile.FullWidth;
        var hashes = Math.Min(Tile.FullWidth, (Leaves.Length / span) - start);
        return Enumerable.Range(start, hashes).SelectMany(place => Root(place * span, (place + 1) * span)).ToArray();
    }

    public Task<ReadOnlyMemory<byte>> ReadAsync(Tile tile, CancellationToken cancellationToken) => Task.FromResult(Read(tile));

    private byte[] Root(int start, int end)
    {
        if (end - start <= 1)
        {
            return start == end ? Merkle.EmptyRoot : Leaves[start];
        }

        if (!roots.TryGetValue((start, end), out var root))
        {
            var middle = start + Split(end - start);
            roots[(start, end)] = root = Merkle.NodeHash(Root(start, middle), Root(middle, end));
        }

        return root;
    }

    private IEnumerable<byte[]> Path(int index, int start, int end)
    {
        var middle = start + Split(end - start);
        return end - start == 1 ? []
            : index < middle ? Path(index, start, middle).Append(Root(middle, end))
            : Path(index, middle, end).Append(Root(start, middle));
    }

    private IEnumerable<byte[]> SubProof(int oldSize, int start, int end)
    {
        var middle = start + Split(end - start);
        return oldSize == end ? (start == 0 ? [] : [Root(start, end)])
            : oldSize <= middle ? SubProof(oldSize, start, middle).Append(Root(middle, end))
            : SubProof(oldSize, middle, end).Append(Root(start, middle));
    }

    /// <summary>The largest power of two below a size.</summary>
    private static int Split(int size) => 1 << BitOperations.Log2((uint)Math.Max(size - 1, 1));
}
