using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Verification;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Audit.Checkpoints;

/// <summary>Proves single records, and that a signed trail goes on from what it was, by the last checkpoint.</summary>
public sealed class TrailProofs(
    TrailTiles tiles, StoredTrailVerifier verification, NewestCheckpoint newest, CosignatureStore cosignatures, CheckpointKeys keys, AuditOptions options)
{
    /// <summary>That a record is in the log (c2sp.org/tlog-proof); null while no checkpoint covers it.</summary>
    public async Task<TlogProof?> ProveAsync(string organization, long sequence, CancellationToken cancellationToken)
    {
        var checkpoint = await FindCheckpointAsync(organization, sequence, cancellationToken);
        return sequence <= checkpoint?.Head.Size ? (await ProveAsync(organization, checkpoint, [sequence], cancellationToken))[0] : null;
    }

    /// <summary>The newest checkpoint that a witness has signed too, where it covers the record; else the newest, which may not cover it; null while there is none.</summary>
    public async Task<TrailCheckpoint?> FindCheckpointAsync(string organization, long sequence, CancellationToken cancellationToken)
    {
        var trusted = await keys.ReadTrustedAsync(cancellationToken);
        var signed = await newest.FindAsync(organization, trusted, cancellationToken);
        return await FindWitnessedAsync(organization, sequence, signed, trusted, cancellationToken) ?? signed.Checkpoint;
    }

    /// <summary>That records which a checkpoint covers are in its tree, each by itself.</summary>
    public Task<IReadOnlyList<TlogProof>> ProveAsync(
        string organization, TrailCheckpoint checkpoint, IReadOnlyList<long> sequences, CancellationToken cancellationToken) =>
        ProveAsync(organization, checkpoint.Head, async tree =>
        {
            var proofs = new List<TlogProof>();
            foreach (var sequence in sequences)
            {
                proofs.Add(new TlogProof(sequence - 1, await tree.ProveInclusionAsync(sequence - 1, cancellationToken), checkpoint.Note));
            }

            return (IReadOnlyList<TlogProof>)proofs;
        }, cancellationToken);

    /// <summary>The last checkpoint; null while there is none.</summary>
    internal async Task<TrailCheckpoint?> FindNewestAsync(string organization, CancellationToken cancellationToken) =>
        (await newest.FindAsync(organization, await keys.ReadTrustedAsync(cancellationToken), cancellationToken)).Checkpoint;

    /// <summary>The tree that the last checkpoint signs; null when there is none.</summary>
    internal async Task<TreeHead?> FindSignedAsync(string organization, CancellationToken cancellationToken) =>
        (await FindNewestAsync(organization, cancellationToken))?.Head;

    /// <summary>Whether a whole record is in a signed tree, as far as the tiles tell: its MAC may be by a key that has left the vault.</summary>
    internal async Task<bool> IsInAsync(string organization, TreeHead signed, StoredRecord whole, CancellationToken cancellationToken)
    {
        if (whole.Sequence > signed.Size)
        {
            return false;
        }

        try
        {
            var path = await tiles.TreeOf(organization, signed).ProveInclusionAsync(whole.Sequence - 1, cancellationToken);
            return InclusionProof.Verify(path, whole.Sequence - 1, whole.Line!.Leaf, signed);
        }
        catch (TileException)
        {
            return false;
        }
    }

    /// <summary>That the tree of one size is the beginning of another's; null when no checkpoint covers the larger.</summary>
    /// <param name="to">Null for the last checkpoint's.</param>
    public async Task<(long To, IReadOnlyList<byte[]> Path)?> ProveConsistencyAsync(string organization, long from, long? to, CancellationToken cancellationToken)
    {
        var signed = await FindSignedAsync(organization, cancellationToken) ?? TreeHead.Empty;
        var size = to ?? signed.Size;
        if (from > size || size > signed.Size)
        {
            return null;
        }

        var (larger, _) = await ProveAsync(organization, signed, tree => tree.ProveConsistencyAsync(size, cancellationToken), cancellationToken);
        var (_, path) = await ProveAsync(organization, larger, tree => tree.ProveConsistencyAsync(from, cancellationToken), cancellationToken);
        return (size, path);
    }

    /// <summary>That a signed tree goes on from what it was when it had so many leaves.</summary>
    internal async Task<IReadOnlyList<byte[]>> ProveConsistencyAsync(string organization, TreeHead signed, long from, CancellationToken cancellationToken)
    {
        var (_, path) = await ProveAsync(organization, signed, tree => tree.ProveConsistencyAsync(from, cancellationToken), cancellationToken);
        return path;
    }

    /// <summary>The newest checkpoint that a witness has signed too, with its signature, where it covers the record.</summary>
    internal async Task<TrailCheckpoint?> FindWitnessedAsync(string organization, long sequence, CancellationToken cancellationToken)
    {
        var trusted = await keys.ReadTrustedAsync(cancellationToken);
        return await FindWitnessedAsync(
            organization, sequence, await newest.FindAsync(organization, trusted, cancellationToken), trusted, cancellationToken);
    }

    private async Task<TrailCheckpoint?> FindWitnessedAsync(
        string organization, long sequence, SignedTrail signed, TrustedKeys trusted, CancellationToken cancellationToken) =>
        await cosignatures.FindNewestAsync(organization, signed.Number, cancellationToken) is { } file
        && TrailCheckpoint.TryOpen(file, trusted.Pins, out var checkpoint, out _)
        && checkpoint.Log == options.LogOf(organization)
        && checkpoint.Head.Size >= sequence
            ? checkpoint with
            {
                Note = file.Cosignatures!.Aggregate(checkpoint.Note, (note, line) => NoteSignature.TryParse(line, out var signature) ? note.With(signature) : note),
            }
            : null;

    /// <summary>Where tiles are wrong they are made anew, once.</summary>
    private async Task<T> ProveAsync<T>(string organization, TreeHead head, Func<TileTree, Task<T>> prove, CancellationToken cancellationToken)
    {
        try
        {
            return await prove(tiles.TreeOf(organization, head));
        }
        catch (TileException)
        {
            await verification.MendTilesAsync(organization, head, cancellationToken);
            return await prove(tiles.TreeOf(organization, head));
        }
    }
}
