using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Secrets;
using SecureZoom.Verification;

namespace SecureZoom.Functions.Audit.Checkpoints;

/// <summary>Feeds a stored trail to the verifier, and adds what only we can see: MACs, stored hashes, the head.</summary>
public sealed class StoredTrailVerifier(AuditTrail trail, CheckpointStore store, CheckpointKeys keys, SecretStore secrets)
{
    /// <summary>Verifies what was recorded in a range, against all checkpoints from the last one before it.</summary>
    public async Task<TrailVerdict> VerifyAsync(
        string organization, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancellationToken)
    {
        var before = await trail.ReadEndAsync(organization, cancellationToken);
        var series = CheckpointSeries.Read(
            await store.ReadAsync(organization, from, to: null, cancellationToken), await TrustedAsync(cancellationToken));
        var start = from is not null && series.Checkpoints is [var oldest, ..] ? oldest.Statement : null;
        var first = (start?.Sequence ?? 0) + 1;
        var last = to is { } until ? await trail.LastOfDayAsync(organization, until, cancellationToken) : long.MaxValue;
        var verifier = new TrailVerifier(
            last == long.MaxValue ? series : series.UpTo(last),
            start is null ? HashChain.Genesis : Convert.FromHexString(start.Hash),
            first);
        var seen = await FeedAsync(verifier, organization, first, last, _ => { }, cancellationToken);
        if (last == long.MaxValue)
        {
            CheckEnd(verifier, before, await trail.ReadEndAsync(organization, cancellationToken), seen ?? first - 1);
        }

        return verifier.Finish();
    }

    /// <summary>Gives stored records to the verifier; what their MACs and hashes tell goes into its verdict.</summary>
    /// <param name="onHash">Told the chain's hash at each record.</param>
    /// <returns>The last sequence; null when there was none.</returns>
    internal async Task<long?> FeedAsync(
        TrailVerifier verifier, string organization, long first, long last, Action<byte[]> onHash, CancellationToken cancellationToken)
    {
        var macKeys = await secrets.AllAsync(SecretNames.AuditMessageKey, cancellationToken);
        long? seen = null;
        var broken = false;
        await foreach (var stored in trail.ReadUpAsync(organization, first, last, cancellationToken))
        {
            verifier.Add(stored.Line);
            var hash = verifier.Hash.ToArray();
            onHash(hash);
            seen = stored.Sequence;

            // The first one names the place; what is behind it differs as well.
            if (!broken && !(hash.AsSpan().SequenceEqual(stored.Hash) && RecordMac.Verify(stored.Mac, macKeys, organization, stored.Sequence, hash)))
            {
                broken = true;
                verifier.Report(new TrailProblem(
                    TrailProblems.NotOurs, stored.Sequence, $"Record {stored.Sequence} does not carry our MAC: it, or one before, was changed."));
            }
        }

        return seen;
    }

    /// <summary>The thumbprints that our own verification trusts; an auditor pins one instead.</summary>
    internal async Task<IReadOnlyCollection<string>> TrustedAsync(CancellationToken cancellationToken) =>
        [.. (await keys.ReadPublicKeysAsync(cancellationToken)).Select(key => key.Thumbprint)];

    /// <summary>Records may come in while we read: no fewer than the head named before, no more than it names behind.</summary>
    private static void CheckEnd(TrailVerifier verifier, ChainEnd before, ChainEnd behind, long seen)
    {
        if (seen < before.Sequence)
        {
            verifier.Report(new TrailProblem(
                TrailProblems.Missing, seen + 1, $"Record {seen + 1} is not there, though the head names {before.Sequence}."));
        }
        else if (seen > behind.Sequence || (seen == behind.Sequence && !verifier.Hash.SequenceEqual(behind.Hash)))
        {
            verifier.Report(new TrailProblem(
                TrailProblems.Head, Math.Min(seen, behind.Sequence + 1), $"The head names {behind.Sequence} as the last record; the last one there is {seen}."));
        }
    }
}
