using SecureZoom.Functions.Audit.Trail;

namespace SecureZoom.Functions.Audit.Summaries;

/// <summary>The hours and days that records are counted in, as they are met, until they are written together.</summary>
/// <param name="isNew">Whether nothing of this summary is written yet.</param>
internal sealed class SummaryBatch(SummaryTable table, string organization, string generation, bool isNew)
{
    /// <summary>Two rows each, and the state: what a transaction takes.</summary>
    private const int MaxChanged = 45;

    /// <summary>What a transaction takes beside the state: 4 MiB with base64.</summary>
    private const int MaxBytes = 1_900_000;

    /// <summary>How many are kept at hand.</summary>
    private const int MaxKnown = 200;

    private readonly Dictionary<(SummarySpan Span, DateTimeOffset Start), SummaryBucket> _buckets = [];

    private readonly HashSet<(SummarySpan Span, DateTimeOffset Start)> _met = [];

    public IReadOnlyList<SummaryBucket> Changed => [.. _buckets.Values.Where(bucket => bucket.IsChanged)];

    /// <summary>Whether no other record may come before these are written.</summary>
    public bool IsFull => Changed is var changed && (changed.Count + 2 > MaxChanged || changed.Sum(bucket => bucket.People.Size + bucket.Counts.Size) > MaxBytes);

    /// <summary>The hour and the day of a record.</summary>
    public async Task<IReadOnlyList<SummaryBucket>> OfAsync(AuditRecord record, CancellationToken cancellationToken)
    {
        var time = SummaryFold.TimeOf(record);
        return [await OfAsync(SummarySpan.Hour, time, cancellationToken), await OfAsync(SummarySpan.Day, time, cancellationToken)];
    }

    /// <summary>They are written.</summary>
    public void Written()
    {
        if (_buckets.Count > MaxKnown)
        {
            _buckets.Clear();
        }

        foreach (var bucket in _buckets.Values)
        {
            bucket.IsChanged = false;
        }
    }

    private async Task<SummaryBucket> OfAsync(SummarySpan span, DateTimeOffset time, CancellationToken cancellationToken)
    {
        var start = span.StartOf(time);
        if (!_buckets.TryGetValue((span, start), out var bucket))
        {
            _buckets[(span, start)] = bucket = _met.Add((span, start)) && isNew
                ? SummaryBucket.New(span, start, generation)
                : await table.ReadAsync(organization, span, start, generation, cancellationToken);
        }

        return bucket;
    }
}
