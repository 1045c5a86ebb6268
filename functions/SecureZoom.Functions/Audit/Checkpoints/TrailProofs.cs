using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Audit.Checkpoints;

/// <summary>Proves single records, and that a signed trail goes on from what it was, by the last checkpoint.</summary>
public sealed class TrailProofs(TrailTiles tiles, StoredTrailVerifier auditor, NewestCheckpoint newest, CheckpointKeys keys)
{
    /// <summary>That a record is in the log (c2sp.org/tlog-proof); null while no checkpoint covers it.</summary>
    public async Task<TlogProof?> ProveAsync(string organization, long sequence, CancellationToken cancellationToken)
    {
        var (_, checkpoint) = await newest.FindAsync(organization, await keys.ReadTrustedAsync(cancellationToken), cancellationToken);
        if (checkpoint is null || sequence > checkpoint.Head.Size)
        {
            return null;
        }

        var path = await ProveAsync(organization, checkpoint.Head, tree => tree.ProveInclusionAsync(sequence - 1, cancellationToken), cancellationToken);
        return new TlogProof(sequence - 1, path, checkpoint.Note);
    }

    /// <summary>That the tree of one size is the beginning of another's; null when no checkpoint covers the larger.</summary>
    /// <param name="to">Null for the last checkpoint's.</param>
    public async Task<(long To, IReadOnlyList<byte[]> Path)?> ProveConsistencyAsync(string organization, long from, long? to, CancellationToken cancellationToken)
    {
        var (_, checkpoint) = await newest.FindAsync(organization, await keys.ReadTrustedAsync(cancellationToken), cancellationToken);
        var signed = checkpoint?.Head ?? TreeHead.Empty;
        var size = to ?? signed.Size;
        if (from > size || size > signed.Size)
        {
            return null;
        }

        var (larger, _) = await ProveAsync(organization, signed, tree => tree.ProveConsistencyAsync(size, cancellationToken), cancellationToken);
        var (_, path) = await ProveAsync(organization, larger, tree => tree.ProveConsistencyAsync(from, cancellationToken), cancellationToken);
        return (size, path);
    }

    /// <summary>Where tiles are wrong they are made anew, once.</summary>
    private async Task<T> ProveAsync<T>(string organization, TreeHead head, Func<TileTree, Task<T>> prove, CancellationToken cancellationToken)
    {
        try
        {
            return await prove(tiles.TreeOf(organization, head));
        }
        catch (TileException)
        {
            await auditor.MendTilesAsync(organization, head, cancellationToken);
            return await prove(tiles.TreeOf(organization, head));
        }
    }
}
