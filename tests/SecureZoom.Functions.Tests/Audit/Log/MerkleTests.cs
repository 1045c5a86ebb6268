using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Tests.Audit.Log;

/// <summary>A log's tree: its hashes, its edge, and what proves that a leaf or a smaller tree is in it.</summary>
public sealed class MerkleTests
{
    private const int Largest = 130;

    private static readonly ReferenceTree Reference = new(Largest);

    public static TheoryData<string> Inclusions => LogVectors.NamesOf(LogVectors.Tree["inclusion"]!);

    public static TheoryData<string> Consistencies => LogVectors.NamesOf(LogVectors.Tree["consistency"]!);

    [Fact]
    public void The_reference_leaves_have_their_hashes() => Assert.Equal(
        LogVectors.AllBytes(LogVectors.Tree["leaves"]),
        LogVectors.AllBytes(LogVectors.Tree["entries"]).Select(entry => Merkle.LeafHash(entry)));

    [Fact]
    public void The_reference_trees_have_their_roots_and_edges()
    {
        var leaves = LogVectors.AllBytes(LogVectors.Tree["leaves"]);
        var edges = leaves.Aggregate(new List<TreeEdge> { TreeEdge.Empty }, (edges, leaf) => [.. edges, edges[^1].Append(leaf)]);

        Assert.Equal(LogVectors.AllBytes(LogVectors.Tree["roots"]), edges.Select(edge => edge.Head.Root));
        Assert.Equal(LogVectors.AllBytes(LogVectors.Tree["edges"]), edges.Select(edge => edge.ToBytes()));
    }

    [Theory]
    [MemberData(nameof(Inclusions))]
    public void Every_inclusion_has_its_verdict(string name)
    {
        var proof = LogVectors.Named(LogVectors.Tree["inclusion"]!, name);
        var head = new TreeHead((long)proof["size"]!, LogVectors.Bytes(proof["root"]));
        Assert.Equal(
            (bool)proof["valid"]!,
            InclusionProof.Verify(LogVectors.AllBytes(proof["path"]), (long)proof["index"]!, LogVectors.Bytes(proof["leaf"]), head));
    }

    [Theory]
    [MemberData(nameof(Consistencies))]
    public void Every_consistency_has_its_verdict(string name)
    {
        var proof = LogVectors.Named(LogVectors.Tree["consistency"]!, name);
        var old = new TreeHead((long)proof["oldSize"]!, LogVectors.Bytes(proof["oldRoot"]));
        var head = new TreeHead((long)proof["size"]!, LogVectors.Bytes(proof["root"]));
        Assert.Equal((bool)proof["valid"]!, ConsistencyProof.Verify(LogVectors.AllBytes(proof["path"]), old, head));
    }

    [Fact]
    public void An_edge_goes_on_from_where_it_was_read()
    {
        var edge = TreeEdge.Empty;
        for (var size = 0; size <= Largest; size++)
        {
            Assert.Equal(Reference.Head(size), edge.Head);
            Assert.True(TreeEdge.TryRead(size, edge.ToBytes(), out var read));
            edge = size < Largest ? read.Append(Reference.Leaves[size]) : read;
        }
    }

    [Fact]
    public void Appending_leaves_the_edge_before_as_it_was()
    {
        var before = TreeEdge.Empty.Append(Reference.Leaves[0]);
        before.Append(Reference.Leaves[1]);
        Assert.Equal(Reference.Head(2), before.Append(Reference.Leaves[1]).Head);
        Assert.Equal(Reference.Head(1), before.Head);
    }

    [Theory]
    [InlineData(5, 32)]
    [InlineData(5, 96)]
    [InlineData(5, 65)]
    [InlineData(0, 32)]
    [InlineData(1, 0)]
    [InlineData(-1, 2048)]
    [InlineData(1L << 53, 32)]
    public void An_edge_of_another_length_is_refused(long size, int bytes) => Assert.False(TreeEdge.TryRead(size, new byte[bytes], out _));

    [Fact]
    public void A_hash_of_another_length_is_refused()
    {
        Assert.Throws<ArgumentException>(() => TreeEdge.Empty.Append(new byte[31]));
        Assert.Throws<ArgumentException>(() => Merkle.NodeHash(new byte[33], new byte[31]));
    }

    [Fact]
    public void Every_leaf_of_every_tree_is_proved_and_nothing_else_proves_it()
    {
        foreach (var size in Enumerable.Range(1, Largest))
        {
            var head = Reference.Head(size);
            foreach (var index in Enumerable.Range(0, size))
            {
                var (leaf, path) = (Reference.Leaves[index], Reference.InclusionPath(index, size));
                Assert.True(InclusionProof.Verify(path, index, leaf, head));
                Assert.DoesNotContain(Corruptions(path), corrupted => InclusionProof.Verify(corrupted, index, leaf, head));
                Assert.DoesNotContain([-1, index - 1, index + 1, size], other => InclusionProof.Verify(path, other, leaf, head));
                Assert.False(InclusionProof.Verify(path, index, Flipped(leaf, index), head));
                Assert.False(InclusionProof.Verify(path, index, leaf, head with { Root = Flipped(head.Root, size) }));
            }
        }
    }

    [Fact]
    public void Every_beginning_of_every_tree_is_proved_and_nothing_else_proves_it()
    {
        foreach (var size in Enumerable.Range(0, Largest + 1))
        {
            var head = Reference.Head(size);
            foreach (var oldSize in Enumerable.Range(0, size + 1))
            {
                var (old, path) = (Reference.Head(oldSize), oldSize == 0 ? [] : Reference.ConsistencyPath(oldSize, size));
                Assert.True(ConsistencyProof.Verify(path, old, head));
                Assert.DoesNotContain(Corruptions(path), corrupted => ConsistencyProof.Verify(corrupted, old, head));
                Assert.DoesNotContain(
                    [-1, oldSize - 1, oldSize + 1, size + 1], other => ConsistencyProof.Verify(path, old with { Size = other }, head));
                Assert.False(ConsistencyProof.Verify(path, old with { Root = Flipped(old.Root, oldSize) }, head));
                // Every tree goes on from an empty one, so that nothing is said of its root.
                Assert.Equal(
                    oldSize == 0 && size > 0, ConsistencyProof.Verify(path, old, head with { Root = Flipped(head.Root, size) }));
            }
        }
    }

    /// <summary>Every path that differs from this one in one hash: one more, one less, one with a flipped bit, two exchanged.</summary>
    private static IEnumerable<IReadOnlyList<byte[]>> Corruptions(byte[][] path)
    {
        for (var at = 0; at <= path.Length; at++)
        {
            yield return [.. path[..at], Reference.Leaves[^1], .. path[at..]];
        }

        for (var at = 0; at < path.Length; at++)
        {
            yield return [.. path[..at], .. path[(at + 1)..]];
            yield return [.. path[..at], Flipped(path[at], at * 37), .. path[(at + 1)..]];
            yield return [.. path[..at], path[at][1..], .. path[(at + 1)..]];
        }

        for (var at = 1; at < path.Length; at++)
        {
            yield return [.. path[..(at - 1)], path[at], path[at - 1], .. path[(at + 1)..]];
        }
    }

    private static byte[] Flipped(byte[] hash, int bit)
    {
        var flipped = hash.ToArray();
        flipped[bit / 8 % hash.Length] ^= (byte)(1 << (bit % 8));
        return flipped;
    }
}
