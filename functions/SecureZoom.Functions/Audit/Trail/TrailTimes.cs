namespace SecureZoom.Functions.Audit.Trail;

/// <summary>
/// Finds where in a trail a time begins, by its records, whose times only grow: the answer is proved by the two records beside it, and no
/// mark that somebody could move leads there.
/// </summary>
public sealed class TrailTimes(AuditTrail trail)
{
    /// <summary>The sequence of the first record that was recorded at or after a moment; one behind the last when none was.</summary>
    public async Task<long> FirstFromAsync(string organization, DateTimeOffset moment, CancellationToken cancellationToken)
    {
        var (low, high) = (1L, await trail.ReadSizeAsync(organization, cancellationToken) + 1);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var (sequence, recordedAt) = await NextAsync(organization, middle, high - 1, cancellationToken);
            (low, high) = recordedAt < moment ? (sequence + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>The first record in a range that says its time: what is no record says none. Null when there is none.</summary>
    private async Task<(long Sequence, DateTimeOffset? RecordedAt)> NextAsync(string organization, long first, long last, CancellationToken cancellationToken)
    {
        await foreach (var stored in trail.ReadUpAsync(organization, first, last, cancellationToken, maxPerPage: 1))
        {
            if (stored.Line is { } line && RecordFormat.TryRead(line.Record) is { } record)
            {
                return (Math.Clamp(stored.Sequence, first, last), record.RecordedAt);
            }
        }

        return (last, null);
    }
}
