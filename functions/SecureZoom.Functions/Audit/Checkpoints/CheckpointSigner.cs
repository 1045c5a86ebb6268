using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Verification;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Audit.Checkpoints;

/// <summary>Signs where each trail ends, once it is proved to go on from the last checkpoint; refuses, loudly, when something is wrong.</summary>
public sealed partial class CheckpointSigner(
    AuditTrail trail,
    TrailList list,
    TrailTiles tiles,
    StoredTrailVerifier auditor,
    CheckpointStore store,
    NewestCheckpoint newest,
    CheckpointKeys keys,
    AuditOptions options,
    TimeProvider time,
    ILogger<CheckpointSigner> logger)
{
    /// <summary>The most records that one checkpoint covers.</summary>
    private const int MaxRecords = 10_000;

    /// <summary>One checkpoint a trail at least, also where nothing has happened. Trails do not wait for each other.</summary>
    /// <returns>How many trails were refused.</returns>
    public async Task<int> SignAllAsync(CancellationToken cancellationToken)
    {
        var listed = await list.ReadAsync(cancellationToken);
        var forgotten = await store.ReadOrganizationsAsync(listed, await keys.ReadTrustedAsync(cancellationToken), cancellationToken);
        foreach (var organization in forgotten)
        {
            Log.NotListed(logger, organization);
            await list.AddAsync(organization, cancellationToken);
        }

        var refused = 0;
        foreach (var organization in listed.Concat(forgotten))
        {
            refused += await SignAsync(organization, cancellationToken) ? 0 : 1;
        }

        return refused;
    }

    /// <returns>Whether the trail is unbroken since its last checkpoint.</returns>
    public async Task<bool> SignAsync(string organization, CancellationToken cancellationToken)
    {
        try
        {
            while (!await SignNextAsync(organization, cancellationToken))
            {
                // There is more than one checkpoint covers.
            }

            return true;
        }
        catch (TrailDamagedException exception)
        {
            Log.Refused(logger, organization, exception.Message);
            return false;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.Failed(logger, organization, exception);
            return false;
        }
    }

    /// <returns>Whether the trail is signed to its end.</returns>
    private async Task<bool> SignNextAsync(string organization, CancellationToken cancellationToken)
    {
        var trusted = await keys.ReadTrustedAsync(cancellationToken);
        var (number, last) = await newest.FindAsync(organization, trusted, cancellationToken);
        var before = last?.Head ?? TreeHead.Empty;
        var head = await trail.ReadHeadAsync(organization, cancellationToken);
        if (head.Size < before.Size)
        {
            throw new TrailDamagedException("The trail is shorter than it was.");
        }

        if (head.IsSealAnew)
        {
            await trail.SealAnewAsync(organization, head, cancellationToken);
        }

        var size = Math.Min(head.Size, before.Size + MaxRecords);
        var next = size == before.Size ? before : await ProveAsync(organization, before, size, cancellationToken);
        if (size == head.Size && !next.Equals(head.Edge.Head))
        {
            throw new TrailDamagedException("The trail's head is not that of its records.");
        }

        using var key = await keys.OpenSigningKeyAsync(cancellationToken);
        var signer = await keys.OpenNoteSignerAsync(cancellationToken);
        await keys.StateAsync(key, trusted, cancellationToken);
        var text = new LogCheckpoint(options.LogOf(organization), next).Text;
        // Clocks differ; the times of checkpoints only grow.
        var now = time.GetUtcNow();
        var signedAt = last?.SignedAt > now ? last.SignedAt.Value : now;
        var file = new CheckpointFile(
            SignedNote.Of(text, signer.Sign(text)).ToString(), CheckpointJws.Sign(text, organization, signedAt, key));
        // Another instance may have been first; then this one was never shown to anybody.
        return !await store.TryAddAsync(organization, number + 1, file, cancellationToken) || size == head.Size;
    }

    /// <summary>The head of the trail at a size, once its records are our own and go on from a signed head.</summary>
    private async Task<TreeHead> ProveAsync(string organization, TreeHead before, long size, CancellationToken cancellationToken)
    {
        var edge = await auditor.ReadEdgeAsync(organization, before, cancellationToken);
        var verifier = new TrailVerifier(CheckpointSeries.Read([], []), options.LogOf(organization), edge, time.GetUtcNow());
        var leaves = new List<byte[]>();
        foreach (var sequence in await auditor.FeedAsync(verifier, organization, before.Size + 1, size, leaves, cancellationToken))
        {
            StoredTrailVerifier.ReportNotOurs(verifier, sequence);
        }

        if (verifier.Edge.Size < size)
        {
            verifier.Report(TrailProblems.Missing, verifier.Edge.Size + 1, $"The trail ends before its head.");
        }

        if (verifier.Problems is [var worst, ..])
        {
            throw new TrailDamagedException(worst.Detail);
        }

        await tiles.WriteAsync(organization, before.Size, leaves, cancellationToken);
        return verifier.Edge.Head;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Critical, Message = "No checkpoint for the trail of {Organization}: {Problem}")]
        public static partial void Refused(ILogger logger, string organization, string problem);

        [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "The trail of {Organization} could not be signed now")]
        public static partial void Failed(ILogger logger, string organization, Exception exception);

        [LoggerMessage(EventId = 3, Level = LogLevel.Critical, Message = "{Organization} has checkpoints, and was not among those that have a trail")]
        public static partial void NotListed(ILogger logger, string organization);
    }
}
