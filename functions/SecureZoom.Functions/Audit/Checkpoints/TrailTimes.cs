using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Verification;

namespace SecureZoom.Functions.Audit.Checkpoints;

/// <summary>
/// Finds where in a trail a time begins, by its own records, whose times only grow: the two beside the place prove it, and neither a mark
/// that somebody could move nor a record that somebody has changed leads there.
/// </summary>
public sealed class TrailTimes(AuditTrail trail, TrailProofs proofs)
{
    private const int MostThatAreNotOurs = 16;

    /// <summary>
    /// The sequence behind the last record that was recorded before a moment; one behind the last of all when none came later. What is not
    /// as we wrote it says no time, and counts as later.
    /// </summary>
    public async Task<long> FirstFromAsync(string organization, DateTimeOffset moment, CancellationToken cancellationToken)
    {
        var size = await trail.ReadSizeAsync(organization, cancellationToken);
        return await FirstFromAsync(organization, size, moment, cancellationToken);
    }

    /// <summary>
    /// The sequence in front of the first record that was recorded at or after a moment; the last of all when none was. What is not as we
    /// wrote it counts as earlier.
    /// </summary>
    public async Task<long> LastBeforeAsync(string organization, DateTimeOffset moment, CancellationToken cancellationToken)
    {
        var size = await trail.ReadSizeAsync(organization, cancellationToken);
        var first = await FirstFromAsync(organization, size, moment, cancellationToken);
        return first <= size && await FindOwnAsync(organization, first, size, cancellationToken) is var (sequence, _) ? sequence - 1 : size;
    }

    private async Task<long> FirstFromAsync(string organization, long size, DateTimeOffset moment, CancellationToken cancellationToken)
    {
        var (low, high) = (1L, size + 1);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = await FindOwnAsync(organization, middle, high - 1, cancellationToken) is var (sequence, recordedAt) && recordedAt < moment
                ? (sequence + 1, high)
                : (low, middle);
        }

        return low;
    }

    /// <summary>
    /// The first record in a range that is as we wrote it, which alone says a time; null when there is none, or none among the first few: where
    /// so many stand together that are not ours, a range begins earlier, or ends later, and leaves nothing out either.
    /// </summary>
    private async Task<(long Sequence, DateTimeOffset RecordedAt)?> FindOwnAsync(string organization, long first, long last, CancellationToken cancellationToken) =>
        // As a rule the first is.
        await FindOwnAsync(organization, first, last, among: 1, cancellationToken)
        ?? await FindOwnAsync(organization, first, last, MostThatAreNotOurs, cancellationToken);

    private async Task<(long Sequence, DateTimeOffset RecordedAt)?> FindOwnAsync(
        string organization, long first, long last, int among, CancellationToken cancellationToken)
    {
        await foreach (var stored in trail.ReadUpAsync(organization, first, last, cancellationToken, maxPerPage: among).Take(among))
        {
            if (AuditTrail.IsWhole(stored)
                && (await trail.IsOwnAsync(organization, stored, cancellationToken) || await proofs.IsSignedAsync(organization, stored, cancellationToken)))
            {
                // Whatever storage answers, the search ends.
                return (Math.Clamp(stored.Sequence, first, last), DeedPlace.Of(stored.Line!.Record.Deed)!.RecordedAt);
            }
        }

        return null;
    }
}
