using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Storage;
using SecureZoom.Verification;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Audit.Trail;

/// <content>Reading for whoever destroys, keeps, counts or gives away by what the records say.</content>
public sealed partial class AuditTrail
{
    /// <summary>
    /// The records from one on, up to the sealed head, each whole, in its place and our own: whoever can write to the table has no say in what
    /// is destroyed, kept, counted or given away. A record is ours by its MAC; where the key of that has left the vault, because the whole trail leads to
    /// the sealed head.
    /// </summary>
    /// <param name="last">The last one that is asked for.</param>
    /// <exception cref="TrailDamagedException">One is not, or is not there.</exception>
    public async IAsyncEnumerable<StoredRecord> ReadOwnAsync(
        string organization, long first, [EnumeratorCancellation] CancellationToken cancellationToken, long last = long.MaxValue)
    {
        var head = (await ReadHeadAsync(organization, cancellationToken)).Edge.Head;
        var beginning = (await beginnings.ReadAsync(organization, cancellationToken)).Edge;
        var keys = await secrets.AllAsync(SecretNames.StorageSealKey, cancellationToken);
        var log = options.LogOf(organization);
        var (next, end) = (Math.Max(first, beginning.Size + 1), Math.Min(last, head.Size));
        byte[]? leaves = null;
        await foreach (var stored in ReadUpAsync(organization, next, end, cancellationToken))
        {
            if (stored.Sequence != next || !IsWhole(stored))
            {
                throw NotOurs(organization, next);
            }

            var leaf = stored.Line!.Leaf;
            if (!RecordMac.Verify(stored.Mac, keys, log, stored.Sequence, leaf))
            {
                leaves ??= await ReadLeavesAsync(organization, beginning, head, cancellationToken);
                if (!LeafOf(leaves, stored.Sequence - 1 - beginning.Size).SequenceEqual(leaf))
                {
                    throw NotOurs(organization, next);
                }
            }

            next++;
            yield return stored;
        }

        if (next <= end)
        {
            throw NotOurs(organization, next);
        }
    }

    /// <summary>Whether a record is what its leaf commits to, and in its place.</summary>
    internal static bool IsWhole(StoredRecord stored) =>
        stored.Line is { } line
        && DeedPlace.Of(line.Record.Deed)?.Index == stored.Sequence - 1
        && line.Record.LeafHash().AsSpan().SequenceEqual(line.Leaf);

    /// <summary>Whether a whole record carries our MAC, by a key that is in the vault still.</summary>
    internal async Task<bool> IsOwnAsync(string organization, StoredRecord whole, CancellationToken cancellationToken)
    {
        var keys = await secrets.AllAsync(SecretNames.StorageSealKey, cancellationToken);
        return RecordMac.Verify(whole.Mac, keys, options.LogOf(organization), whole.Sequence, whole.Line!.Leaf);
    }

    /// <summary>The leaves of a trail, one behind the other, which lead to its head.</summary>
    /// <exception cref="TrailDamagedException">They do not.</exception>
    private async Task<byte[]> ReadLeavesAsync(string organization, TreeEdge beginning, TreeHead head, CancellationToken cancellationToken)
    {
        var leaves = new byte[checked((head.Size - beginning.Size) * Merkle.HashSize)];
        var edge = beginning;
        var (from, to) = (TrailRows.KeyOf(beginning.Size + 1), TrailRows.KeyOf(head.Size));
        await foreach (var row in _table.QueryRowsAsync(
            TableClient.CreateQueryFilter($"PartitionKey eq {organization} and RowKey ge {from} and RowKey le {to}"),
            select: ["RowKey", TrailRows.LeafColumn],
            cancellationToken: cancellationToken))
        {
            if (row.RowKey != TrailRows.KeyOf(edge.Size + 1) || TrailRows.ReadLeaf(row) is not { } leaf)
            {
                throw NotOurs(organization, edge.Size + 1);
            }

            leaf.CopyTo(LeafOf(leaves, edge.Size - beginning.Size));
            edge = edge.Append(leaf);
        }

        return edge.Head.Equals(head) ? leaves : throw new TrailDamagedException($"The records of {organization} do not lead to its head.");
    }

    private static Span<byte> LeafOf(byte[] leaves, long index) => leaves.AsSpan(checked((int)(index * Merkle.HashSize)), Merkle.HashSize);

    private static TrailDamagedException NotOurs(string organization, long sequence) => new($"Record {sequence} of {organization} is not as we left it.");
}
