using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Secrets;
using SecureZoom.Verification;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Audit.Checkpoints;

/// <summary>Feeds a stored trail to the verifier, and adds what only we can see: MACs, the sealed head.</summary>
public sealed class StoredTrailVerifier(
    AuditTrail trail,
    TrailTiles tiles,
    CheckpointStore store,
    CosignatureStore cosignatures,
    AuditWitnesses witnesses,
    NewestCheckpoint newest,
    CheckpointKeys keys,
    AuditOptions options,
    SecretStore secrets,
    TimeProvider time)
{
    /// <summary>Leaves whose tiles are made anew together: those of 256 full tiles.</summary>
    private const int MendedAtOnce = Tile.FullWidth * Tile.FullWidth;

    /// <summary>In the place of a leaf that is not known.</summary>
    private static readonly byte[] Nothing = new byte[Merkle.HashSize];

    /// <summary>
    /// Verifies what was recorded in a range: from the last checkpoint signed before it, else from the beginning, to the first that covers
    /// its end.
    /// </summary>
    public async Task<TrailVerdict> VerifyAsync(
        string organization, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancellationToken)
    {
        var before = await TryReadHeadAsync(organization, cancellationToken);
        var trusted = await keys.ReadTrustedAsync(cancellationToken);
        var names = await store.ListAsync(organization, from, to: null, cancellationToken);
        var series = CheckpointSeries.Read(await cosignatures.ReadAllAsync(organization, names, cancellationToken), [.. trusted.Pins, .. witnesses.Keys]);
        var start = from is { } begin && series.Checkpoints is [var oldest, ..] && oldest.SignedAt < begin ? oldest.Head : TreeHead.Empty;
        var edge = await TryReadEdgeAsync(organization, start, cancellationToken) ?? TreeEdge.Empty;
        // By the time that was signed: what records say of theirs could lead past the one that was changed.
        var last = series.Checkpoints.FirstOrDefault(checkpoint => checkpoint.SignedAt >= to)?.Head.Size ?? long.MaxValue;
        var verifier = new TrailVerifier(last == long.MaxValue ? series : series.UpTo(last), options.LogOf(organization), edge, time.GetUtcNow())
        {
            IsLive = last == long.MaxValue,
        };
        var notOurs = await FeedAsync(verifier, organization, edge.Size + 1, last, leaves: null, cancellationToken);
        // What a signed root proves needs no MAC, whose key may have left the vault since.
        var proved = verifier.CoveredTo?.Head.Size ?? 0;
        foreach (var sequence in notOurs.Where(sequence => sequence > proved))
        {
            ReportNotOurs(verifier, sequence);
        }

        if (!store.AreConsecutive(organization, names))
        {
            verifier.Report(TrailProblems.BadCheckpoint, null, $"Checkpoints are missing between others.");
        }

        if (before is null)
        {
            verifier.Report(TrailProblems.Head, null, $"The trail's head is not what we left.");
        }
        else if (last == long.MaxValue)
        {
            await CheckEndAsync(verifier, organization, before, cancellationToken);
        }

        return verifier.Finish();
    }

    /// <summary>The edge of the tree that a checkpoint signed: from tiles, and where those are not right, from the records.</summary>
    internal async Task<TreeEdge> ReadEdgeAsync(string organization, TreeHead head, CancellationToken cancellationToken)
    {
        try
        {
            return head.Size == 0 ? TreeEdge.Empty : await tiles.TreeOf(organization, head).ReadEdgeAsync(cancellationToken);
        }
        catch (TileException)
        {
            return await MendTilesAsync(organization, head, cancellationToken);
        }
    }

    /// <summary>Makes all tiles of a signed tree anew from the records; caches, they may be written before that is proved.</summary>
    /// <exception cref="TrailDamagedException">The records are not those that were signed either.</exception>
    internal async Task<TreeEdge> MendTilesAsync(string organization, TreeHead head, CancellationToken cancellationToken)
    {
        var edge = TreeEdge.Empty;
        var records = trail.ReadUpAsync(organization, 1, head.Size, cancellationToken);
        await foreach (var some in records.Select(stored => stored.Line?.Leaf ?? Nothing).Chunk(MendedAtOnce).WithCancellation(cancellationToken))
        {
            await tiles.WriteAsync(organization, edge.Size, some, cancellationToken);
            edge = some.Aggregate(edge, (grown, leaf) => grown.Append(leaf));
        }

        return edge.Head.Equals(head)
            ? edge
            : throw new TrailDamagedException("Neither the tiles nor the records are those that the last checkpoint covers.");
    }

    /// <summary>The edge of the tree in front of a record.</summary>
    public async Task<TreeEdge> ReadEdgeBeforeAsync(string organization, long sequence, CancellationToken cancellationToken)
    {
        var edge = sequence > 1 ? await ReadSignedEdgeAsync(organization, sequence - 1, cancellationToken) : TreeEdge.Empty;
        await foreach (var stored in trail.ReadUpAsync(organization, edge.Size + 1, sequence - 1, cancellationToken))
        {
            edge = edge.Append(stored.Line?.Leaf ?? Nothing);
        }

        return edge;
    }

    /// <summary>The edge of the tree of so many records, or of those of them that are signed; of none where tiles and checkpoints do not tell.</summary>
    private async Task<TreeEdge> ReadSignedEdgeAsync(string organization, long most, CancellationToken cancellationToken)
    {
        try
        {
            var signed = await newest.FindAsync(organization, await keys.ReadTrustedAsync(cancellationToken), cancellationToken);
            var head = signed.Checkpoint?.Head ?? TreeHead.Empty;
            var (old, _) = await tiles.TreeOf(organization, head).ProveConsistencyAsync(Math.Min(most, head.Size), cancellationToken);
            return await ReadEdgeAsync(organization, old, cancellationToken);
        }
        catch (Exception exception) when (exception is TileException or TrailDamagedException)
        {
            return TreeEdge.Empty;
        }
    }

    internal static void ReportNotOurs(TrailVerifier verifier, long sequence) =>
        verifier.Report(TrailProblems.NotOurs, sequence, $"Record {sequence} does not carry our MAC: it was changed, or put there.");

    /// <summary>Gives stored records to the verifier.</summary>
    /// <param name="leaves">Gets their leaves.</param>
    /// <returns>The sequences of those without our MAC.</returns>
    internal async Task<IReadOnlyList<long>> FeedAsync(
        TrailVerifier verifier, string organization, long first, long last, List<byte[]>? leaves, CancellationToken cancellationToken)
    {
        var macKeys = await secrets.AllAsync(SecretNames.StorageSealKey, cancellationToken);
        var log = options.LogOf(organization);
        var notOurs = new List<long>();
        await foreach (var stored in trail.ReadUpAsync(organization, first, last, cancellationToken))
        {
            verifier.Add(stored.Line);
            leaves?.Add(stored.Line?.Leaf ?? Nothing);
            if (stored.Line is { Leaf: var leaf } && !RecordMac.Verify(stored.Mac, macKeys, log, stored.Sequence, leaf))
            {
                notOurs.Add(stored.Sequence);
            }
        }

        return notOurs;
    }

    private async Task<TreeEdge?> TryReadEdgeAsync(string organization, TreeHead head, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadEdgeAsync(organization, head, cancellationToken);
        }
        catch (TrailDamagedException)
        {
            return null;
        }
    }

    private async Task<TrailHead?> TryReadHeadAsync(string organization, CancellationToken cancellationToken)
    {
        try
        {
            return await trail.ReadHeadAsync(organization, cancellationToken);
        }
        catch (TrailDamagedException)
        {
            return null;
        }
    }

    /// <summary>Records may come in while we read: no fewer than the head named before, no more than it names behind.</summary>
    private async Task CheckEndAsync(TrailVerifier verifier, string organization, TrailHead before, CancellationToken cancellationToken)
    {
        var behind = await TryReadHeadAsync(organization, cancellationToken);
        var seen = verifier.Edge.Size;
        if (seen < before.Size)
        {
            verifier.Report(TrailProblems.Missing, seen + 1, $"Record {seen + 1} is not there, though the head names {before.Size}.");
        }
        else if (behind is null || seen > behind.Size || (seen == behind.Size && !verifier.Edge.Head.Equals(behind.Edge.Head)))
        {
            verifier.Report(TrailProblems.Head, null, $"The head names {behind?.Size ?? 0} as the last record; the last one there is {seen}, or it is another tree.");
        }
    }
}
