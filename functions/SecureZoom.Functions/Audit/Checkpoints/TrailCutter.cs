using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Secrets;
using SecureZoom.Verification;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Audit.Checkpoints;

/// <summary>
/// Moves a trail's beginning: proves the records that are to go and the tiles that are left of them, says on record that they go, has that
/// signed, and only then says where the trail begins. No record goes by it.
/// </summary>
internal sealed class TrailCutter(
    AuditTrail trail,
    TrailBeginnings beginnings,
    TrailRemover remover,
    TrailTiles tiles,
    StoredTrailVerifier verification,
    CheckpointSigner signer,
    NewestCheckpoint newest,
    CheckpointKeys keys,
    SecretStore secrets,
    TimeProvider time)
{
    /// <summary>Its records are told apart from all others by it.</summary>
    private const string Label = "audit-let-go";
    private const int IdLength = 32;

    /// <summary>Records that are compared with their tiles together.</summary>
    private const int AtOnce = 100 * Tile.FullWidth;

    /// <param name="last">The last record to go; a checkpoint covers it.</param>
    /// <returns>Where the trail begins then; null when somebody else was first.</returns>
    /// <exception cref="TrailDamagedException">The records or their tiles are not those that were signed, or what says that they go cannot be signed.</exception>
    public async Task<TrailBeginning?> CutAsync(string organization, TrailBeginning before, long last, AuditActor by, bool leaves, CancellationToken cancellationToken)
    {
        var edge = await ProveAsync(organization, before.Edge, last, cancellationToken);
        var authority = await AuthoriseAsync(organization, before.Size + 1, last, by, cancellationToken);
        if (!await signer.SignAsync(organization, cancellationToken) || (await ReadSignedAsync(organization, cancellationToken)).Size < authority)
        {
            throw new TrailDamagedException("What says that records go is not signed.");
        }

        var cut = before with { Edge = edge, Authority = authority, SaidAt = time.GetUtcNow(), HasLeft = leaves };
        return await beginnings.TryWriteAsync(organization, cut, cancellationToken) ? await beginnings.ReadAsync(organization, cancellationToken) : null;
    }

    /// <summary>How far a trail is signed.</summary>
    public async Task<TreeHead> ReadSignedAsync(string organization, CancellationToken cancellationToken) =>
        (await newest.FindAsync(organization, await keys.ReadTrustedAsync(cancellationToken), cancellationToken)).Checkpoint?.Head ?? TreeHead.Empty;

    /// <summary>The tree up to the last that goes, once it is proved that these are its records, and its tiles, which cannot be made anew any more then.</summary>
    private async Task<TreeEdge> ProveAsync(string organization, TreeEdge before, long last, CancellationToken cancellationToken)
    {
        var signed = await ReadSignedAsync(organization, cancellationToken);
        for (var isMended = false; ; isMended = true)
        {
            try
            {
                var edge = await CompareAsync(organization, before, last, cancellationToken);
                var proved = await verification.ProveEdgeAsync(organization, signed, last, cancellationToken);
                return edge.Head.Equals(proved.Head) ? edge : throw new TrailDamagedException("The records that are to go are not those that were signed.");
            }
            catch (TileException exception)
            {
                if (isMended)
                {
                    throw new TrailDamagedException(exception.Message);
                }

                await verification.MendTilesAsync(organization, signed, cancellationToken);
            }
        }
    }

    /// <exception cref="TileException">A tile is not that of its records.</exception>
    private async Task<TreeEdge> CompareAsync(string organization, TreeEdge before, long last, CancellationToken cancellationToken)
    {
        var edge = before;
        await foreach (var some in trail.ReadUpAsync(organization, before.Size + 1, last, cancellationToken).Chunk(AtOnce).WithCancellation(cancellationToken))
        {
            byte[][] leaves = [.. some.Select(stored => stored.Line?.Leaf ?? throw new TrailDamagedException($"Record {stored.Sequence} is none."))];
            if (edge.Size % Tile.FullWidth == 0 && await tiles.FindWrongAsync(organization, edge.Size, leaves, cancellationToken) is { } wrong)
            {
                throw new TileException($"Tile {wrong} is not that of its records.");
            }

            edge = leaves.Aggregate(edge, (grown, leaf) => grown.Append(leaf));
        }

        return edge;
    }

    /// <summary>The same cut is the same event, however often it is begun.</summary>
    private async Task<long> AuthoriseAsync(string organization, long first, long last, AuditActor by, CancellationToken cancellationToken)
    {
        var ids = await StableMac.OpenAsync(secrets, Label, cancellationToken);
        var id = ids.Of(organization, $"{first}", $"{last}")[..IdLength];
        var now = time.GetUtcNow();
        await trail.AppendAsync(
            organization,
            [
                new AuditEvent
                {
                    Id = id,
                    OccurredAt = now,
                    ReceivedAt = now,
                    Actor = by,
                    Action = AuditActions.AuditLetGo,
                    Target = new AuditTarget("audit"),
                    Outcome = AuditOutcomes.Success,
                    Source = AuditSources.App,
                    Details = new JsonObject { ["first"] = first, ["last"] = last },
                },
            ],
            cancellationToken);
        var sequence = await remover.FindAsync(organization, id, cancellationToken) ?? 0;
        return await trail.ReadAsync(organization, sequence, cancellationToken) is { Line: { } line } && CutAuthority.Of(sequence, line.Record)?.Last == last
            ? sequence
            : throw new TrailDamagedException("What says that records go is not on record.");
    }
}
