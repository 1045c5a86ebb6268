using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Secrets;
using SecureZoom.Verification;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Audit.Checkpoints;

/// <summary>Feeds a stored trail to the verifier, and adds what only we can see: MACs, the sealed head.</summary>
public sealed class StoredTrailVerifier(
    AuditTrail trail,
    TrailBeginnings beginnings,
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
        var beginning = await FindBeginningAsync(organization, cancellationToken);
        var verdict = await VerifyAsync(organization, beginning, from, to, cancellationToken);
        // Records may go while we read.
        return verdict.Valid || await FindBeginningAsync(organization, cancellationToken) is var now && now.Size == beginning.Size
            ? verdict
            : await VerifyAsync(organization, now, from, to, cancellationToken);
    }

    private async Task<TrailVerdict> VerifyAsync(
        string organization, TreeEdge beginning, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancellationToken)
    {
        var before = await TryReadHeadAsync(organization, cancellationToken);
        var trusted = await keys.ReadTrustedAsync(cancellationToken);
        var names = await store.ListAsync(organization, from, to: null, cancellationToken);
        var series = CheckpointSeries.Read(await cosignatures.ReadAllAsync(organization, names, cancellationToken), [.. trusted.Pins, .. witnesses.Keys]);
        var start = from is { } begin && series.Checkpoints is [var oldest, ..] && oldest.SignedAt < begin ? oldest.Head : TreeHead.Empty;
        var edge = start.Size > beginning.Size ? await TryReadEdgeAsync(organization, start, cancellationToken) ?? beginning : beginning;
        // By the time that was signed: what records say of theirs could lead past the one that was changed.
        var last = series.Checkpoints.FirstOrDefault(checkpoint => checkpoint.SignedAt >= to)?.Head.Size ?? long.MaxValue;
        var verifier = new TrailVerifier(last == long.MaxValue ? series : series.UpTo(last), options.LogOf(organization), edge, time.GetUtcNow())
        {
            IsLive = last == long.MaxValue,
            IsFromBeginning = edge.Size == beginning.Size,
        };
        var notOurs = await FeedAsync(verifier, organization, edge.Size + 1, last, leaves: null, cancellationToken);
        // What a signed root proves needs no MAC, whose key may have left the vault since.
        var proved = verifier.CoveredTo?.Head.Size ?? 0;
        foreach (var sequence in notOurs.Where(sequence => sequence > proved))
        {
            ReportNotOurs(verifier, sequence);
        }

        if ((verifier.Withheld.AreUnexplained || verifier.IsCutUnexplained) && last != long.MaxValue)
        {
            await ExplainAsync(verifier, organization, series, cancellationToken);
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

    /// <summary>What is gone from a part of a trail may be explained by any record behind it that is proved, or else our own.</summary>
    private async Task ExplainAsync(TrailVerifier verifier, string organization, CheckpointSeries series, CancellationToken cancellationToken)
    {
        var rest = new TrailVerifier(series, options.LogOf(organization), verifier.Edge, time.GetUtcNow()) { EndsEarlier = true };
        var authorities = new List<ErasureAuthority>();
        var cuts = new List<CutAuthority>();
        var notOurs = await FeedAsync(rest, organization, verifier.Edge.Size + 1, long.MaxValue, look: Keep, cancellationToken);
        var proved = rest.CoveredTo?.Head.Size ?? 0;
        foreach (var authority in authorities.Where(one => one.Sequence <= proved || !notOurs.Contains(one.Sequence)))
        {
            verifier.Withheld.Explain(authority, isProved: true);
        }

        foreach (var cut in cuts.Where(one => one.Sequence <= proved || !notOurs.Contains(one.Sequence)))
        {
            verifier.Explain(cut);
        }

        void Keep(StoredRecord stored)
        {
            if (stored.Line is not { } line || !line.Record.LeafHash().AsSpan().SequenceEqual(line.Leaf))
            {
                return;
            }

            if (ErasureAuthority.Of(stored.Sequence, line.Record) is { } authority)
            {
                authorities.Add(authority);
            }

            if (CutAuthority.Of(stored.Sequence, line.Record) is { } cut)
            {
                cuts.Add(cut);
            }
        }
    }

    /// <summary>
    /// The tree in front of the first record that was not let go. Where nothing is known of that and whole tiles of records are not there, the
    /// tree that they were: whether they were let go is for the verifier to find out.
    /// </summary>
    private async Task<TreeEdge> FindBeginningAsync(string organization, CancellationToken cancellationToken)
    {
        var beginning = await beginnings.ReadAsync(organization, cancellationToken);
        if (beginning.Size > 0)
        {
            return beginning.Edge;
        }

        var first = await trail.ReadUpAsync(organization, 1, long.MaxValue, cancellationToken, maxPerPage: 1).FirstOrDefaultAsync(cancellationToken);
        var gone = (first?.Sequence ?? 1) - 1;
        return gone % Tile.FullWidth == 0 && gone > 0 && await ReadSignedEdgeAsync(organization, gone, cancellationToken) is var edge && edge.Size == gone
            ? edge
            : TreeEdge.Empty;
    }

    /// <summary>The edge that a signed tree had when it was smaller, as the tiles prove it.</summary>
    /// <exception cref="TileException"/>
    internal async Task<TreeEdge> ProveEdgeAsync(string organization, TreeHead signed, long size, CancellationToken cancellationToken)
    {
        var (old, _) = await tiles.TreeOf(organization, signed).ProveConsistencyAsync(size, cancellationToken);
        return await tiles.TreeOf(organization, old).ReadEdgeAsync(cancellationToken);
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
        var edge = (await beginnings.ReadAsync(organization, cancellationToken)).Edge;
        if (edge.Size > head.Size || (edge.Size > 0 && !await tiles.TryMendAboveAsync(organization, edge, cancellationToken)))
        {
            throw new TrailDamagedException("The tiles of records that were let go are not those of their tree.");
        }

        var records = trail.ReadUpAsync(organization, edge.Size + 1, head.Size, cancellationToken);
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
        var beginning = (await beginnings.ReadAsync(organization, cancellationToken)).Edge;
        var edge = sequence - 1 > beginning.Size ? await ReadSignedEdgeAsync(organization, sequence - 1, cancellationToken) : beginning;
        edge = edge.Size < beginning.Size ? beginning : edge;
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
    internal Task<IReadOnlyList<long>> FeedAsync(
        TrailVerifier verifier, string organization, long first, long last, List<byte[]>? leaves, CancellationToken cancellationToken) =>
        FeedAsync(verifier, organization, first, last, stored => leaves?.Add(stored.Line?.Leaf ?? Nothing), cancellationToken);

    private async Task<IReadOnlyList<long>> FeedAsync(
        TrailVerifier verifier, string organization, long first, long last, Action<StoredRecord> look, CancellationToken cancellationToken)
    {
        var macKeys = await secrets.AllAsync(SecretNames.StorageSealKey, cancellationToken);
        var log = options.LogOf(organization);
        var notOurs = new List<long>();
        await foreach (var stored in trail.ReadUpAsync(organization, first, last, cancellationToken))
        {
            verifier.Add(stored.Line);
            look(stored);
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
