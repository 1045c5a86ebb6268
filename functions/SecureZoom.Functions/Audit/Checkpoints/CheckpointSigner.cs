using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Verification;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Audit.Checkpoints;

/// <summary>
/// Signs where each trail ends, once it is proved to go on from the last checkpoint: when there is something new, and once an hour as a
/// sign of life. Refuses, loudly, when something is wrong.
/// </summary>
public sealed partial class CheckpointSigner(
    AuditTrail trail,
    TrailList list,
    TrailBeginnings beginnings,
    TrailTiles tiles,
    StoredTrailVerifier verification,
    CheckpointStore store,
    NewestCheckpoint newest,
    CheckpointKeys keys,
    TrailFindings findings,
    AuditOptions options,
    TimeProvider time,
    ILogger<CheckpointSigner> logger)
{
    /// <summary>The most records that one checkpoint covers.</summary>
    private const int MaxRecords = 10_000;

    /// <summary>How many trails are signed side by side.</summary>
    private const int Parallel = 8;

    /// <summary>How often another instance may be first before it is left to that one.</summary>
    private const int Attempts = 3;

    /// <summary>The age at which a checkpoint is followed by another in any case: an hour, less what timers are late.</summary>
    private static readonly TimeSpan SignOfLife = TimeSpan.FromMinutes(58);

    /// <summary>How long after a change was noted its records may come: as long as it stands for others, and as long as an append takes.</summary>
    private static readonly TimeSpan OnTheWay = TrailList.Interval + TimeSpan.FromMinutes(2);

    /// <summary>How far each trail is signed, as this instance knows, and when it last looked; those that failed are not in it.</summary>
    private readonly ConcurrentDictionary<string, (SignedTrail Signed, DateTimeOffset LookedAt)> _known = new(StringComparer.Ordinal);

    private DateTimeOffset _lookedForForgotten = DateTimeOffset.MinValue;

    /// <summary>How far each trail is signed, as this instance knows.</summary>
    public IReadOnlyDictionary<string, SignedTrail> Trails =>
        _known.ToDictionary(known => known.Key, known => known.Value.Signed, StringComparer.Ordinal);

    /// <summary>Up to which record each trail is signed, as this instance knows.</summary>
    public IReadOnlyDictionary<string, long> Sizes =>
        _known.ToDictionary(known => known.Key, known => known.Value.Signed.Checkpoint?.Head.Size ?? 0, StringComparer.Ordinal);

    /// <summary>Signs every trail that has something new or was not signed for an hour. Trails do not wait for each other.</summary>
    /// <returns>How many trails were refused.</returns>
    public async Task<int> SignAllAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        using var run = new SigningRun(keys, cancellationToken);
        var listed = await list.ReadAsync(cancellationToken);
        var forgotten = await FindForgottenAsync(listed, run, now, cancellationToken);
        var refused = 0;
        await System.Threading.Tasks.Parallel.ForEachAsync(
            listed.Where(some => IsDue(some, now)).Select(some => some.Organization).Concat(forgotten),
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken },
            async (organization, token) =>
            {
                if (!await SignAsync(organization, run, token))
                {
                    Interlocked.Increment(ref refused);
                }
            });
        return refused;
    }

    /// <returns>Whether the trail is unbroken since its last checkpoint.</returns>
    public async Task<bool> SignAsync(string organization, CancellationToken cancellationToken)
    {
        using var run = new SigningRun(keys, cancellationToken);
        return await SignAsync(organization, run, cancellationToken);
    }

    private async Task<bool> SignAsync(string organization, SigningRun run, CancellationToken cancellationToken)
    {
        try
        {
            for (var attempt = 1; attempt <= Attempts;)
            {
                switch (await SignNextAsync(organization, run, cancellationToken))
                {
                    case Outcome.Signed:
                        return true;
                    case Outcome.Late:
                        attempt++;
                        break;
                    default:
                        // There is more than one checkpoint covers.
                        break;
                }
            }

            return true;
        }
        catch (TrailDamagedException exception)
        {
            _known.TryRemove(organization, out _);
            Log.Refused(logger, organization, exception.Message);
            await ReportAsync(organization, new TrailProblem(FindingCodes.Refused, null, exception.Message), cancellationToken);
            return false;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            _known.TryRemove(organization, out _);
            Log.Failed(logger, organization, exception);
            return false;
        }
    }

    /// <summary>Whether the head has to be looked at, which alone tells: the list may have been tampered with.</summary>
    private bool IsDue(ListedTrail listed, DateTimeOffset now) =>
        !_known.TryGetValue(listed.Organization, out var known)
        || listed.ChangedAt is not { } changed
        || changed + OnTheWay >= known.LookedAt
        || IsOld(known.Signed, now);

    private static bool IsOld(SignedTrail signed, DateTimeOffset now) =>
        signed.Checkpoint?.SignedAt is not { } signedAt || now - signedAt >= SignOfLife;

    /// <summary>
    /// Those that somebody has taken off the list, listed again: at once where this instance has signed them, and once an hour by their
    /// checkpoints.
    /// </summary>
    private async Task<IReadOnlyList<string>> FindForgottenAsync(
        IReadOnlyList<ListedTrail> listed, SigningRun run, DateTimeOffset now, CancellationToken cancellationToken)
    {
        string[] organizations = [.. listed.Select(some => some.Organization)];
        List<string> forgotten = [.. _known.Keys.Except(organizations, StringComparer.Ordinal)];
        if (now - _lookedForForgotten >= SignOfLife)
        {
            var unlisted = await store.FindOthersAsync([.. organizations, .. forgotten], cancellationToken);
            if (unlisted.Count > 0)
            {
                forgotten.AddRange(await store.ReadOrganizationsAsync(unlisted, (await run.OpenAsync()).Trusted, cancellationToken));
            }

            _lookedForForgotten = now;
        }

        if (forgotten.Count > 0)
        {
            // Who has left is on no list, and nothing of theirs is to come.
            var left = await beginnings.ReadLeftAsync(cancellationToken);
            forgotten.RemoveAll(left.Contains);
        }

        foreach (var organization in forgotten)
        {
            Log.NotListed(logger, organization);
            await list.AddAsync(organization, cancellationToken);
        }

        return forgotten;
    }

    private async Task<Outcome> SignNextAsync(string organization, SigningRun run, CancellationToken cancellationToken)
    {
        var lookedAt = time.GetUtcNow();
        var signed = _known.TryGetValue(organization, out var known) ? known.Signed : await newest.FindAsync(organization, (await run.OpenAsync()).Trusted, cancellationToken);
        if (signed.Garbage > 0)
        {
            await ReportAsync(
                organization,
                new TrailProblem(TrailProblems.BadCheckpoint, null, FormattableString.Invariant($"Behind the last genuine checkpoint are {signed.Garbage} that are not genuine.")),
                cancellationToken);
        }

        var before = signed.Checkpoint?.Head ?? TreeHead.Empty;
        var head = await trail.ReadHeadAsync(organization, cancellationToken);
        if (head.Size < before.Size)
        {
            throw new TrailDamagedException("The trail is shorter than it was.");
        }

        if (head.HasOldSeal)
        {
            await trail.RenewSealAsync(organization, head, cancellationToken);
        }

        var size = Math.Min(head.Size, before.Size + MaxRecords);
        var next = size == before.Size ? before : await ProveAsync(organization, before, size, cancellationToken);
        if (size == head.Size && !next.Equals(head.Edge.Head))
        {
            throw new TrailDamagedException("The trail's head is not that of its records.");
        }

        if (size == before.Size && !IsOld(signed, lookedAt))
        {
            _known[organization] = (signed, lookedAt);
            return Outcome.Signed;
        }

        // Clocks differ; the times of checkpoints only grow.
        var signedAt = signed.Checkpoint?.SignedAt > lookedAt ? signed.Checkpoint.SignedAt.Value : lookedAt;
        var number = signed.Number + 1;
        var own = await run.OpenAsync();
        var file = own.Sign(new LogCheckpoint(options.LogOf(organization), next), organization, number, signedAt);
        if (!await store.TryAddAsync(organization, number, file, cancellationToken))
        {
            // Another instance was first; then this one was never shown to anybody.
            _known.TryRemove(organization, out _);
            return Outcome.Late;
        }

        Log.Signed(logger, organization, size, number);
        _known[organization] = (SignedTrail.Of(number, file, own.Trusted), lookedAt);
        return size == head.Size ? Outcome.Signed : Outcome.InPart;
    }

    /// <summary>What is found is kept where that can be; the log has it in any case.</summary>
    private async Task ReportAsync(string organization, TrailProblem problem, CancellationToken cancellationToken)
    {
        try
        {
            await findings.ReportAsync(organization, [problem], cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.NotKept(logger, organization, exception);
        }
    }

    /// <summary>The head of the trail at a size, once its records are our own and go on from a signed head.</summary>
    private async Task<TreeHead> ProveAsync(string organization, TreeHead before, long size, CancellationToken cancellationToken)
    {
        var edge = await verification.ReadEdgeAsync(organization, before, cancellationToken);
        var verifier = new TrailVerifier(CheckpointSeries.Read([], []), options.LogOf(organization), edge, time.GetUtcNow());
        var leaves = new List<byte[]>();
        foreach (var sequence in await verification.FeedAsync(verifier, organization, before.Size + 1, size, leaves, cancellationToken))
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
        [LoggerMessage(EventId = 271, Level = LogLevel.Critical, Message = "No checkpoint for the trail of {Organization}: {Problem}")]
        public static partial void Refused(ILogger logger, string organization, string problem);

        [LoggerMessage(EventId = 272, Level = LogLevel.Error, Message = "The trail of {Organization} could not be signed now")]
        public static partial void Failed(ILogger logger, string organization, Exception exception);

        [LoggerMessage(EventId = 273, Level = LogLevel.Critical, Message = "{Organization} has checkpoints, and was not among those that have a trail")]
        public static partial void NotListed(ILogger logger, string organization);

        [LoggerMessage(EventId = 274, Level = LogLevel.Error, Message = "What was found in the trail of {Organization} could not be kept now")]
        public static partial void NotKept(ILogger logger, string organization, Exception exception);

        /// <summary>The sign of life that alerts wait for.</summary>
        [LoggerMessage(EventId = 275, Level = LogLevel.Information, Message = "The trail of {Organization} is signed up to {Size} (checkpoint {Number})")]
        public static partial void Signed(ILogger logger, string organization, long size, long number);
    }

    /// <summary>What became of one step.</summary>
    private enum Outcome
    {
        /// <summary>The trail is signed to its end.</summary>
        Signed,

        /// <summary>There is more to sign.</summary>
        InPart,

        /// <summary>What this instance knew is not the newest any more.</summary>
        Late,
    }
}
