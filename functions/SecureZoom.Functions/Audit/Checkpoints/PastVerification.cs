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
    AuditTrail trail,
    TrailBeginnings beginnings,
    StoredTrailVerifier verification,
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
            round = round with { BeganAt = now, Edge = TreeEdge.Empty, IsDone = false, Unexplained = [], HasMore = false };
        }

        // What was let go meanwhile is not there to be looked at.
        var beginning = (await beginnings.ReadAsync(organization, cancellationToken)).Edge;
        if (beginning.Size > signed.Size)
        {
            return;
        }

        var begins = beginning.Size > 0 && round.Edge.Size <= beginning.Size;
        round = begins ? round with { Edge = beginning } : round;

        var last = Math.Min(signed.Size, (round.Edge.Size + SliceOf(signed.Size)) / Tile.FullWidth * Tile.FullWidth);
        var withheld = new WithheldParts(round.Unexplained);
        var (edge, problems) = await VerifySliceAsync(organization, round.Edge, last, withheld, cancellationToken);
        if (begins && !await tiles.AreOfAsync(organization, beginning, cancellationToken))
        {
            problems.Add(new TrailProblem(
                FindingCodes.Tile, null, "The tiles of records that were let go are not those of their tree. Nothing is left to make them anew from."));
        }

        var isDone = last == signed.Size;
        if (isDone)
        {
            var isRight = edge.Head.Equals(signed) && !withheld.AreUnexplained && !round.HasMore && await IsAuthorisedAsync(organization, beginning.Size, cancellationToken);
            problems.AddRange(await VerifyEndAsync(organization, edge.Head.Equals(signed), isRight, cancellationToken));
        }

        await findings.ReportAsync(organization, problems, cancellationToken);
        if (problems.Exists(problem => problem is { Code: FindingCodes.Tile, Sequence: not null }))
        {
            await verification.MendTilesAsync(organization, signed, cancellationToken);
        }

        await rounds.KeepAsync(organization, round with { Edge = edge, IsDone = isDone, Unexplained = withheld.Unexplained }, cancellationToken);
    }

    /// <summary>Whether a record says that those in front of the first were let go: one of those that lead to the signed root.</summary>
    private async Task<bool> IsAuthorisedAsync(string organization, long gone, CancellationToken cancellationToken)
    {
        var authority = gone == 0 ? 0 : (await beginnings.ReadAsync(organization, cancellationToken)).Authority;
        return gone == 0
            || (authority > gone && await trail.ReadAsync(organization, authority, cancellationToken) is { Line: { } line } && CutAuthority.Of(authority, line.Record)?.Last >= gone);
    }

    private static long SliceOf(long size) => Math.Max(MinSlice, (size / Slices / Tile.FullWidth * Tile.FullWidth) + Tile.FullWidth);

    private async Task<(TreeEdge Edge, List<TrailProblem> Problems)> VerifySliceAsync(
        string organization, TreeEdge before, long last, WithheldParts withheld, CancellationToken cancellationToken)
    {
        // That they are our own shows by the signed root; the key of their MACs may have left the vault.
        var verifier = new TrailVerifier(CheckpointSeries.Read([], []), options.LogOf(organization), before, time.GetUtcNow()) { Withheld = withheld };
        var leaves = new List<byte[]>();
        await verification.FeedAsync(verifier, organization, before.Size + 1, last, leaves, cancellationToken);
        if (verifier.Edge.Size < last)
        {
            verifier.Report(TrailProblems.Missing, verifier.Edge.Size + 1, $"Records {verifier.Edge.Size + 1} to {last} are covered by a checkpoint, and are not there.");
        }

        var problems = verifier.Problems.ToList();
        // A trail that was let go whole goes on in the middle of a tile.
        var begun = (int)(-before.Size & (Tile.FullWidth - 1));
        if (problems.Count == 0 && await tiles.FindWrongAsync(organization, before.Size + begun, [.. leaves.Skip(begun)], cancellationToken) is { } wrong)
        {
            problems.Add(new TrailProblem(
                FindingCodes.Tile, (wrong * Tile.FullWidth) + 1, FormattableString.Invariant($"Tile {wrong} is not that of its records; it is made anew from them.")));
        }

        return (verifier.Edge, problems);
    }

    /// <summary>
    /// Where the records do not lead to the signed root, or parts are erased and nothing up to there says why: which of them are the wrong ones. The
    /// authority of the latest may not be signed yet.
    /// </summary>
    private async Task<IReadOnlyList<TrailProblem>> VerifyEndAsync(string organization, bool isSignedTree, bool isRight, CancellationToken cancellationToken)
    {
        var problems = new List<TrailProblem>();
        if (!store.AreConsecutive(organization, await store.ListAsync(organization, from: null, to: null, cancellationToken)))
        {
            problems.Add(new TrailProblem(TrailProblems.BadCheckpoint, null, "Checkpoints are missing between others."));
        }

        if (isRight)
        {
            return problems;
        }

        var verdict = await verification.VerifyAsync(organization, from: null, to: null, cancellationToken);
        problems.AddRange(verdict.Problems);
        return problems.Count > 0 || isSignedTree
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
