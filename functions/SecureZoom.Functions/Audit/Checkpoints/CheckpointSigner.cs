using System.Buffers.Text;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Verification;

namespace SecureZoom.Functions.Audit.Checkpoints;

/// <summary>Signs where each trail ends, after verifying what has come since it last did; refuses, loudly, when something is wrong.</summary>
public sealed partial class CheckpointSigner(
    AuditTrail trail, StoredTrailVerifier auditor, CheckpointStore store, CheckpointKeys keys, TimeProvider time, ILogger<CheckpointSigner> logger)
{
    /// <summary>The most records that one checkpoint covers: its marks stay below 100 KB.</summary>
    private const int MaxRecords = 10_000;

    /// <summary>One checkpoint a trail at least, also where nothing has happened.</summary>
    /// <returns>How many trails were refused.</returns>
    public async Task<int> SignAllAsync(CancellationToken cancellationToken)
    {
        var refused = 0;
        foreach (var organization in await trail.ReadOrganizationsAsync(cancellationToken))
        {
            refused += await SignAsync(organization, cancellationToken) ? 0 : 1;
        }

        return refused;
    }

    /// <returns>Whether the trail is unbroken since its last checkpoint.</returns>
    public async Task<bool> SignAsync(string organization, CancellationToken cancellationToken)
    {
        while (true)
        {
            var end = await trail.ReadEndAsync(organization, cancellationToken);
            var (number, compact) = await store.ReadLastAsync(organization, cancellationToken);
            var series = CheckpointSeries.Read(
                compact is null ? [] : [compact], compact is null ? [] : await auditor.TrustedAsync(cancellationToken));
            var before = series.Checkpoints is [.., var newest] ? newest : null;
            var last = Math.Min(end.Sequence, (before?.Statement.Sequence ?? 0) + MaxRecords);
            var (verdict, hash, marks) = await VerifyAsync(organization, series, before?.Statement, last, cancellationToken);
            if (!verdict.Valid || end.Sequence < (before?.Statement.Sequence ?? 0))
            {
                var problem = verdict.Problems is [var worst, ..] ? worst.Detail : "The trail is shorter than it was.";
                Log.Refused(logger, organization, problem);
                return false;
            }

            using var key = await keys.OpenSigningKeyAsync(cancellationToken);
            var statement = new Checkpoint(
                organization, last, Convert.ToHexStringLower(hash), time.GetUtcNow().ToUnixTimeSeconds(), before?.Digest, Base64Url.EncodeToString(marks));
            if (!await store.TryAddAsync(organization, number + 1, SignedCheckpoint.Sign(statement, key), cancellationToken) || last == end.Sequence)
            {
                return true;
            }
        }
    }

    private async Task<(TrailVerdict Verdict, byte[] Hash, byte[] Marks)> VerifyAsync(
        string organization, CheckpointSeries series, Checkpoint? before, long last, CancellationToken cancellationToken)
    {
        var first = (before?.Sequence ?? 0) + 1;
        var verifier = new TrailVerifier(series, before is null ? HashChain.Genesis : Convert.FromHexString(before.Hash), first);
        using var marks = new MemoryStream();
        var seen = await auditor.FeedAsync(
            verifier, organization, first, last, hash => marks.Write(hash.AsSpan(0, Checkpoint.MarkSize)), cancellationToken);
        if (seen < last || (seen is null && first <= last))
        {
            verifier.Report(new TrailProblem(TrailProblems.Missing, (seen ?? first - 1) + 1, "The trail ends before its head."));
        }

        return (verifier.Finish(), verifier.Hash.ToArray(), marks.ToArray());
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Critical, Message = "No checkpoint for the trail of {Organization}: {Problem}")]
        public static partial void Refused(ILogger logger, string organization, string problem);
    }
}
