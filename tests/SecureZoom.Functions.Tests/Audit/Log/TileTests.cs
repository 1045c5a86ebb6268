using System.Collections.Concurrent;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Tests.Audit.Log;

/// <summary>The tree in tiles, and the proofs that are made of them.</summary>
public sealed class TileTests
{
    /// <summary>Of a tile on level 2.</summary>
    private const int Many = 66_000;

    private static readonly ReferenceTree Reference = new(Many);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, 0, 256, "tile/0/000")]
    [InlineData(0, 5, 256, "tile/0/005")]
    [InlineData(1, 999, 7, "tile/1/999.p/7")]
    [InlineData(2, 1_000, 255, "tile/2/x001/000.p/255")]
    [InlineData(0, 1_234_067, 256, "tile/0/x001/x234/067")]
    public void A_tile_has_the_specifications_path(int level, long index, int width, string path) =>
        Assert.Equal(path, new Tile(level, index, width).Path);

    [Fact]
    public void The_specifications_tree_of_70_000_has_its_tiles()
    {
        Assert.Equal([new(0, 273, 112), new(1, 1, 17), new(2, 0, 1)], Tile.Partial(70_000));
        Assert.Equal(
            [.. Enumerable.Range(0, 273).Select(index => new Tile(0, index, 256)), new(1, 0, 256)],
            Tile.Filled(0, 70_000));
        Assert.Equal([new Tile(1, 0, 1)], Tile.Partial(256));
        Assert.Empty(Tile.Partial(0));
    }

    [Fact]
    public void A_tile_becomes_full_once()
    {
        long[] sizes = [0, 0, 1, 255, 256, 257, 511, 512, 65_535, 65_536, 70_000, 131_072];
        Assert.Equal(Tile.Filled(0, sizes[^1]).Order(Comparer), sizes.Zip(sizes.Skip(1), Tile.Filled).SelectMany(tiles => tiles).Order(Comparer));
    }

    [Fact]
    public void A_full_tile_gives_a_hash_of_the_level_above()
    {
        Assert.Equal(Reference.Read(new Tile(1, 0, 3))[..32].ToArray(), Tile.Root(Reference.Read(new Tile(0, 0, 256)).Span));
        Assert.Equal(Reference.Read(new Tile(2, 0, 1)).ToArray(), Tile.Root(Reference.Read(new Tile(1, 0, 256)).Span));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void There_is_no_tile_beyond_the_tree(int level, long index) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Tile.At(level, index, 200));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(700)]
    public async Task Every_proof_of_a_tree_is_the_definitions(int size)
    {
        var tree = new TileTree(Reference.Head(size), Reference.ReadAsync);
        foreach (var index in Enumerable.Range(0, size))
        {
            Assert.Equal(Reference.InclusionPath(index, size), await tree.ProveInclusionAsync(index, Cancellation));
        }

        foreach (var oldSize in Enumerable.Range(1, size))
        {
            var (old, path) = await tree.ProveConsistencyAsync(oldSize, Cancellation);
            Assert.Equal(Reference.Head(oldSize), old);
            Assert.Equal(Reference.ConsistencyPath(oldSize, size), path);
        }

        Assert.Equal(TreeHead.Empty, (await tree.ProveConsistencyAsync(0, Cancellation)).Old);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(40_000)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_999)]
    public async Task A_proof_across_three_levels_is_the_definitions(int index)
    {
        var tree = new TileTree(Reference.Head(Many), Reference.ReadAsync);
        Assert.Equal(Reference.InclusionPath(index, Many), await tree.ProveInclusionAsync(index, Cancellation));
        var (old, path) = await tree.ProveConsistencyAsync(index + 1, Cancellation);
        Assert.Equal(Reference.Head(index + 1), old);
        Assert.Equal(Reference.ConsistencyPath(index + 1, Many), path);
    }

    [Fact]
    public async Task At_ten_million_leaves_a_proof_takes_five_tiles_and_each_once()
    {
        const long Size = 10_000_000;
        long[] places = [0, 255, 256, 65_536, 1_234_567, 5_000_000, 8_388_607, 8_388_608, 9_961_471, 9_999_871, 9_999_872, 9_999_999];
        foreach (var place in places)
        {
            var (tree, read) = Simulated(Size);
            Assert.InRange((await tree.ProveInclusionAsync(place, Cancellation)).Count, 1, 24);
            Assert.InRange(read.Count, 1, 5);
            Assert.Distinct(read);

            (tree, read) = Simulated(Size);
            Assert.InRange((await tree.ProveConsistencyAsync(place + 1, Cancellation)).Path.Count, 0, 25);
            Assert.InRange(read.Count, 1, 5);
            Assert.Distinct(read);
        }
    }

    [Fact]
    public async Task A_tile_that_another_proof_has_read_is_not_read_again()
    {
        var (tree, read) = Simulated(10_000_000);
        foreach (var index in Enumerable.Range(1_000_000, 200))
        {
            await tree.ProveInclusionAsync(index, Cancellation);
        }

        Assert.InRange(read.Count, 5, 6);
    }

    [Fact]
    public async Task No_proof_comes_of_tiles_of_another_tree()
    {
        const int Size = 700;
        var head = Reference.Head(Size);
        foreach (var tile in Tile.Filled(0, Size).Concat(Tile.Partial(Size)))
        {
            foreach (var place in new[] { 0, tile.ByteCount / 2, tile.ByteCount - 1 })
            {
                Task<ReadOnlyMemory<byte>> ReadAsync(Tile asked, CancellationToken cancellationToken)
                {
                    var bytes = Reference.Read(asked).ToArray();
                    bytes[place] ^= (byte)(asked == tile ? 1 : 0);
                    return Task.FromResult<ReadOnlyMemory<byte>>(bytes);
                }

                foreach (var index in Enumerable.Range(0, Size).Where(index => index % 50 == 0 || index == Size - 1))
                {
                    var tree = new TileTree(head, ReadAsync);
                    await Truth(Reference.InclusionPath(index, Size), () => tree.ProveInclusionAsync(index, Cancellation));
                    await Truth([Reference.Head(index + 1).Root, .. Reference.ConsistencyPath(index + 1, Size)], async () =>
                    {
                        var (old, path) = await tree.ProveConsistencyAsync(index + 1, Cancellation);
                        return [old.Root, .. path];
                    });
                }
            }
        }
    }

    [Fact]
    public async Task A_tile_that_is_too_short_is_named()
    {
        var tree = new TileTree(Reference.Head(700), (tile, _) => Task.FromResult(Reference.Read(tile)[..31]));
        var exception = await Assert.ThrowsAsync<TileException>(() => tree.ProveInclusionAsync(3, Cancellation));
        Assert.Contains("tile/0/000", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(700)]
    public async Task A_leaf_that_is_not_in_the_tree_has_no_proof(long index) => await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
        () => new TileTree(Reference.Head(700), Reference.ReadAsync).ProveInclusionAsync(index, Cancellation));

    [Theory]
    [InlineData(-1)]
    [InlineData(701)]
    public async Task A_size_that_the_tree_never_had_has_no_proof(long size) => await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
        () => new TileTree(Reference.Head(700), Reference.ReadAsync).ProveConsistencyAsync(size, Cancellation));

    private static Comparer<Tile> Comparer { get; } = Comparer<Tile>.Create((one, other) => (one.Level, one.Index).CompareTo((other.Level, other.Index)));

    /// <summary>A proof that does not rest on what was changed is right; any other is none.</summary>
    private static async Task Truth(byte[][] expected, Func<Task<IReadOnlyList<byte[]>>> prove)
    {
        try
        {
            Assert.Equal(expected, await prove());
        }
        catch (TileException)
        {
            // As it should be.
        }
    }

    /// <summary>A tree whose leaves are all alike, so that each level has one hash, and a large one costs nothing.</summary>
    private static (TileTree Tree, IReadOnlyCollection<Tile> Read) Simulated(long size)
    {
        var levels = new List<byte[]> { Merkle.LeafHash([]) };
        while (levels.Count < 40)
        {
            levels.Add(Merkle.NodeHash(levels[^1], levels[^1]));
        }

        var edge = Enumerable.Range(0, levels.Count).Reverse().Where(level => ((size >> level) & 1) == 1).SelectMany(level => levels[level]);
        Assert.True(TreeEdge.TryRead(size, [.. edge], out var whole));
        var read = new ConcurrentQueue<Tile>();
        return (new TileTree(whole.Head, ReadAsync), read);

        Task<ReadOnlyMemory<byte>> ReadAsync(Tile tile, CancellationToken cancellationToken)
        {
            read.Enqueue(tile);
            byte[] bytes = [.. Enumerable.Repeat(levels[Tile.Height * tile.Level], tile.Width).SelectMany(hash => hash)];
            return Task.FromResult<ReadOnlyMemory<byte>>(bytes);
        }
    }
}
