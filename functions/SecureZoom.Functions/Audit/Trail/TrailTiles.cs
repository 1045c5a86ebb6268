using Azure.Data.Tables;
using SecureZoom.Functions.Storage;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>
/// The tiles of the trails' trees (c2sp.org/tlog-tiles) in the table <c>audit</c>, written when checkpoints are signed: with them a proof
/// reads five rows, however long the trail. They are caches; nothing of them is believed before it is hashed up to a signed root.
/// </summary>
public sealed class TrailTiles(TableServiceClient tables)
{
    private const string HashesColumn = "Hashes";

    private readonly TableClient _table = tables.GetTableClient(AuditTrail.TableName);

    /// <summary>The tree of an organisation's trail as it was at a checkpoint.</summary>
    public TileTree TreeOf(string organization, TreeHead head) => new(head, (tile, cancellationToken) => ReadAsync(organization, tile, cancellationToken));

    /// <summary>Writes the tiles that leaves behind a tree of this size fill or begin.</summary>
    /// <param name="oldSize">Its tiles must be those of a proved tree.</param>
    public Task WriteAsync(string organization, long oldSize, IReadOnlyList<byte[]> leaves, CancellationToken cancellationToken) =>
        WriteAsync(organization, lowest: 0, oldSize, leaves, cancellationToken);

    /// <summary>Whether the lowest tiles of records that were let go are those of their tree: they are all that is left of it.</summary>
    /// <param name="edge">The tree's.</param>
    public async Task<bool> AreOfAsync(string organization, TreeEdge edge, CancellationToken cancellationToken) =>
        await ReadRootsAsync(organization, edge, cancellationToken) is not null;

    /// <summary>Makes the tiles anew that stand above those.</summary>
    /// <returns>Whether those are right.</returns>
    public async Task<bool> TryMendAboveAsync(string organization, TreeEdge edge, CancellationToken cancellationToken)
    {
        if (await ReadRootsAsync(organization, edge, cancellationToken) is not { } roots)
        {
            return false;
        }

        await WriteAsync(organization, lowest: 1, oldSize: 0, roots, cancellationToken);
        return true;
    }

    /// <returns>Null where they are not those of the tree.</returns>
    private async Task<IReadOnlyList<byte[]>?> ReadRootsAsync(string organization, TreeEdge edge, CancellationToken cancellationToken)
    {
        var full = edge.Size >> Tile.Height;
        var (from, to) = (TrailRows.KeyOf(new Tile(0, 0, Tile.FullWidth)), TrailRows.KeyOf(new Tile(0, full, Tile.FullWidth)));
        var roots = new List<byte[]>();
        await foreach (var row in _table.QueryRowsAsync(
            TableClient.CreateQueryFilter($"PartitionKey eq {organization} and RowKey ge {from} and RowKey lt {to}"), cancellationToken: cancellationToken))
        {
            if (!row.TryGetValue(HashesColumn, out var hashes) || hashes is not byte[] { Length: Tile.FullWidth * Merkle.HashSize } bytes)
            {
                return null;
            }

            roots.Add(Tile.Root(bytes));
        }

        var begun = (int)(edge.Size % Tile.FullWidth);
        var rest = begun == 0 ? ReadOnlyMemory<byte>.Empty : await ReadAsync(organization, new Tile(0, full, begun), cancellationToken);
        byte[] found = [.. EdgeOf(roots).ToBytes(), .. EdgeOf(rest.ToArray().Chunk(Merkle.HashSize).Take(begun)).ToBytes()];
        return roots.Count == full && found.AsSpan().SequenceEqual(edge.ToBytes()) ? roots : null;
    }

    private static TreeEdge EdgeOf(IEnumerable<byte[]> hashes) => hashes.Aggregate(TreeEdge.Empty, (edge, hash) => edge.Append(hash));

    private async Task WriteAsync(string organization, int lowest, long oldSize, IReadOnlyList<byte[]> hashesOfLowest, CancellationToken cancellationToken)
    {
        var added = hashesOfLowest;
        for (var (level, size) = (lowest, oldSize); added.Count > 0; level++, size >>= Tile.Height)
        {
            var begun = (int)(size % Tile.FullWidth);
            var hashes = new List<byte[]>();
            if (begun > 0)
            {
                var old = await ReadAsync(organization, new Tile(level, size >> Tile.Height, begun), cancellationToken);
                hashes.AddRange(old.ToArray().Chunk(Merkle.HashSize).Take(begun));
            }

            hashes.AddRange(added);
            var roots = new List<byte[]>();
            foreach (var (some, index) in hashes.Chunk(Tile.FullWidth).Select((some, index) => (some, index)))
            {
                byte[] bytes = [.. some.SelectMany(hash => hash)];
                var tile = new Tile(level, (size >> Tile.Height) + index, some.Length);
                await _table.ReplaceRowAsync(new TableEntity(organization, TrailRows.KeyOf(tile)) { [HashesColumn] = bytes }, cancellationToken);
                if (tile.IsFull)
                {
                    roots.Add(Tile.Root(bytes));
                }
            }

            added = roots;
        }
    }

    /// <summary>The index of the first full tile of the lowest level that is not that of these leaves; null when there is none.</summary>
    /// <param name="start">How many leaves are in front of them: that of whole tiles.</param>
    public async Task<long?> FindWrongAsync(string organization, long start, IReadOnlyList<byte[]> leaves, CancellationToken cancellationToken)
    {
        var first = start >> Tile.Height;
        var full = leaves.Chunk(Tile.FullWidth).Where(some => some.Length == Tile.FullWidth).ToArray();
        var (from, to) = (TrailRows.KeyOf(new Tile(0, first, Tile.FullWidth)), TrailRows.KeyOf(new Tile(0, first + full.Length, Tile.FullWidth)));
        var rows = await _table.QueryRowsAsync(
            TableClient.CreateQueryFilter($"PartitionKey eq {organization} and RowKey ge {from} and RowKey lt {to}"), cancellationToken: cancellationToken)
            .ToDictionaryAsync(row => row.RowKey, StringComparer.Ordinal, cancellationToken);
        for (var index = 0; index < full.Length; index++)
        {
            var isRight = rows.TryGetValue(TrailRows.KeyOf(new Tile(0, first + index, Tile.FullWidth)), out var row)
                && row.TryGetValue(HashesColumn, out var hashes)
                && hashes is byte[] bytes
                && bytes.AsSpan().SequenceEqual(full[index].SelectMany(hash => hash).ToArray());
            if (!isRight)
            {
                return first + index;
            }
        }

        return null;
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(string organization, Tile tile, CancellationToken cancellationToken)
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(organization, TrailRows.KeyOf(tile), cancellationToken: cancellationToken);
        return row.HasValue && row.Value!.TryGetValue(HashesColumn, out var hashes) && hashes is byte[] bytes ? bytes : ReadOnlyMemory<byte>.Empty;
    }
}
