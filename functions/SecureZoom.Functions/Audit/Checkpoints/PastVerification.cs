using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Verification;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Audit.Checkpoints;

/// <summary>
/// Verifies again what was signed long ago, a slice a run, all of it within a day: the records, the tiles that prove them, and that no
/// checkpoint is missing. Signing alone would never look back.
/// </summary>
public sealed partial class PastVerification(
    StoredTrailVerifier auditor,
    TrailTiles tiles,
    CheckpointStore store,
    VerificationRounds rounds,
    TrailFindings findings,
    AuditOptions options,
    TimeProvider time,
    ILogger<PastVerification> logger)
{
    private const int Parallel = 4;

    /// <summary>The least that is read at once: a hundred tiles.</summary>
    private const int MinSlice = 100 * Tile.FullWidth;

    /// <summary>In how many runs the largest trail is through: four hours.</summary>
    private const int Slices = 48;

    /// <summary>From the beginning of one round to that of the next: with the hours that one takes, less than a day between two looks.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromHours(20);

    private static readonly TimeSpan Late = TimeSpan.FromHours(26);

    /// <param name="trails">How far each is signed.</param>
    public Task RunAsync(IReadOnlyDictionary<string, SignedTrail> trails, CancellationToken cancellationToken) =>
        System.Threading.Tasks.Parallel.ForEachAsync(
            trails,
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken },
            async (trail, token) =>
            {
                try
                {
                    if (trail.Value.Checkpoint is { Head.Size: > 0 } checkpoint)
                    {
                        await VerifyNextAsync(trail.Key, checkpoint.Head, token);
                    }
                }
                catch (Exception exception) when (!token.IsCancellationRequested)
                {
                    Log.Failed(logger, trail.Key, exception);
                }
            });

    private async Task VerifyNextAsync(string organization, TreeHead signed, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var round = await rounds.GetAsync(organization, cancellationToken);
        if (round.BeganAt > DateTimeOffset.MinValue && now - round.BeganAt > Late)
        {
            Log.Overdue(logger, organization, round.BeganAt);
        }

        if (round.IsDone && now - round.BeganAt < Interval)
        {
            return;
        }

        if (round.IsDone || round.Edge.Size > signed.Size)
        {
            round = round with { BeganAt = now, Edge = TreeEdge.Empty, IsDone = false };
        }

        var last = Math.Min(signed.Size, round.Edge.Size + SliceOf(signed.Size));
        var (edge, problems) = await VerifySliceAsync(organization, round.Edge, last, cancellationToken);
        var isDone = last == signed.Size;
        if (isDone)
        {
            problems.AddRange(await VerifyEndAsync(organization, edge, signed, cancellationToken));
        }

        await findings.ReportAsync(organization, problems, cancellationToken);
        if (problems.Exists(problem => problem.Code == FindingCodes.Tile))
        {
            await auditor.MendTilesAsync(organization, signed, cancellationToken);
        }

        await rounds.KeepAsync(organization, round with { Edge = edge, IsDone = isDone }, cancellationToken);
    }

    private static long SliceOf(long size) => Math.Max(MinSlice, (size / Slices / Tile.FullWidth * Tile.FullWidth) + Tile.FullWidth);

    private async Task<(TreeEdge Edge, List<TrailProblem> Problems)> VerifySliceAsync(
        string organization, TreeEdge before, long last, CancellationToken cancellationToken)
    {
        // That they are our own shows by the signed root; the key of their MACs may have left the vault.
        var verifier = new TrailVerifier(CheckpointSeries.Read([], []), options.LogOf(organization), before, time.GetUtcNow());
        var leaves = new List<byte[]>();
        await auditor.FeedAsync(verifier, organization, before.Size + 1, last, leaves, cancellationToken);
        if (verifier.Edge.Size < last)
        {
            verifier.Report(TrailProblems.Missing, verifier.Edge.Size + 1, $"Records {verifier.Edge.Size + 1} to {last} are covered by a checkpoint, and are not there.");
        }

        var problems = verifier.Problems.ToList();
        if (problems.Count == 0 && await tiles.FindWrongAsync(organization, before.Size, leaves, cancellationToken) is { } wrong)
        {
            problems.Add(new TrailProblem(
                FindingCodes.Tile, (wrong * Tile.FullWidth) + 1, FormattableString.Invariant($"Tile {wrong} is not that of its records; it is made anew from them.")));
        }

        return (verifier.Edge, problems);
    }

    /// <summary>Whether the records lead to the signed root; where they do not, which of them are the wrong ones.</summary>
    private async Task<IReadOnlyList<TrailProblem>> VerifyEndAsync(string organization, TreeEdge edge, TreeHead signed, CancellationToken cancellationToken)
    {
        var problems = new List<TrailProblem>();
        if (!store.AreConsecutive(organization, await store.ListAsync(organization, from: null, to: null, cancellationToken)))
        {
            problems.Add(new TrailProblem(TrailProblems.BadCheckpoint, null, "Checkpoints are missing between others."));
        }

        if (edge.Head.Equals(signed))
        {
            return problems;
        }

        var verdict = await auditor.VerifyAsync(organization, from: null, to: null, cancellationToken);
        problems.AddRange(verdict.Problems);
        return problems.Count > 0
            ? problems
            : [new TrailProblem(TrailProblems.Changed, null, "The records do not lead to the root that was signed.")];
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 221, Level = LogLevel.Error, Message = "The past of the trail of {Organization} could not be verified now")]
        public static partial void Failed(ILogger logger, string organization, Exception exception);

        [LoggerMessage(EventId = 222, Level = LogLevel.Critical, Message = "The past of the trail of {Organization} was not verified whole since {Since}")]
        public static partial void Overdue(ILogger logger, string organization, DateTimeOffset since);
    }
}
