using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Verification;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Audit.Checkpoints;

/// <summary>
/// Finds where in a trail a time begins, by its own records, whose times only grow: the two beside the place prove it, and neither a mark
/// that somebody could move nor a record that somebody has changed leads there.
/// </summary>
public sealed class TrailTimes(AuditTrail trail, TrailProofs proofs)
{
    private const int MostThatAreNotOurs = 4;

    /// <summary>
    /// The sequence behind the last record that was recorded before a moment; one behind the last of all when none came later. What is not
    /// as we wrote it says no time, and counts as later.
    /// </summary>
    public async Task<long> FirstFromAsync(string organization, DateTimeOffset moment, CancellationToken cancellationToken) =>
        await (await BeginAsync(organization, cancellationToken)).FirstFromAsync(moment);

    /// <summary>
    /// The sequence in front of the first record that was recorded at or after a moment; the last of all when none was. What is not as we
    /// wrote it counts as earlier.
    /// </summary>
    public async Task<long> LastBeforeAsync(string organization, DateTimeOffset moment, CancellationToken cancellationToken) =>
        await (await BeginAsync(organization, cancellationToken)).LastBeforeAsync(moment);

    private async Task<Search> BeginAsync(string organization, CancellationToken cancellationToken) =>
        new(trail, proofs, organization, await trail.ReadSizeAsync(organization, cancellationToken), cancellationToken);

    /// <summary>One search in a trail of one size.</summary>
    private sealed class Search(AuditTrail trail, TrailProofs proofs, string organization, long size, CancellationToken cancellationToken)
    {
        private Task<TreeHead?>? _signed;

        public async Task<long> FirstFromAsync(DateTimeOffset moment)
        {
            var (low, high) = (1L, size + 1);
            while (low < high)
            {
                var middle = low + ((high - low) / 2);
                (low, high) = await FindOwnAsync(middle, high - 1) is var (sequence, recordedAt) && recordedAt < moment ? (sequence + 1, high) : (low, middle);
            }

            return low;
        }

        public async Task<long> LastBeforeAsync(DateTimeOffset moment)
        {
            var first = await FirstFromAsync(moment);
            return first <= size && await FindOwnAsync(first, size) is var (sequence, _) ? sequence - 1 : size;
        }

        /// <summary>
        /// The first record in a range that is as we wrote it, which alone says a time; null when there is none, or none among the first few:
        /// where so many stand together that are not ours, a range begins earlier, or ends later, and leaves nothing out either.
        /// </summary>
        private async Task<(long Sequence, DateTimeOffset RecordedAt)?> FindOwnAsync(long first, long last) =>
            // As a rule the first is.
            await FindOwnAsync(first, last, among: 1) ?? await FindOwnAsync(first, last, MostThatAreNotOurs);

        private async Task<(long Sequence, DateTimeOffset RecordedAt)?> FindOwnAsync(long first, long last, int among)
        {
            await foreach (var stored in trail.ReadUpAsync(organization, first, last, cancellationToken, maxPerPage: among).Take(among))
            {
                if (AuditTrail.IsWhole(stored) && await IsOursAsync(stored))
                {
                    // Whatever storage answers, the search ends.
                    return (Math.Clamp(stored.Sequence, first, last), DeedPlace.Of(stored.Line!.Record.Deed)!.RecordedAt);
                }
            }

            return null;
        }

        private async Task<bool> IsOursAsync(StoredRecord whole) =>
            await trail.IsOwnAsync(organization, whole, cancellationToken)
            || (await (_signed ??= proofs.FindSignedAsync(organization, cancellationToken)) is { } signed
                && await proofs.IsInAsync(organization, signed, whole, cancellationToken));
    }
}
