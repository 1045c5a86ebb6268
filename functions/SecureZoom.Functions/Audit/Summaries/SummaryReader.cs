using SecureZoom.Functions.Audit.Trail;

namespace SecureZoom.Functions.Audit.Summaries;

/// <summary>Answers from what is counted, a row an hour or day, and counts the newest records beside it, which are not signed yet.</summary>
public sealed class SummaryReader
{
    /// <summary>How many records are counted for an answer; those behind them wait until they are signed.</summary>
    internal const int MostCounted = 1_000;

    private const int MostLocked = 100;
    private const int MostAttention = 50;

    /// <summary>How often what is read may change meanwhile.</summary>
    private const int Attempts = 5;

    private readonly AuditTrail _trail;
    private readonly TrailBeginnings _beginnings;
    private readonly SummaryTable _table;

    internal SummaryReader(AuditTrail trail, TrailBeginnings beginnings, SummaryTable table) => (_trail, _beginnings, _table) = (trail, beginnings, table);

    /// <param name="from">The beginning of an hour or day.</param>
    /// <param name="to">The end of one.</param>
    /// <param name="sources">Those of the organisation.</param>
    public async Task<SummaryResponse> ReadAsync(
        string organization, SummarySpan span, DateTimeOffset from, DateTimeOffset to, IReadOnlyList<HeardSource> sources, CancellationToken cancellationToken)
    {
        var (state, counts) = await ReadAsync(organization, span, from, to, cancellationToken);
        counts = await CountNewestAsync(organization, span, (from, to), state, counts, cancellationToken);
        return new SummaryResponse(
            state.RecordedAt > DateTimeOffset.MinValue ? new CountedTo(state.Sequence, state.RecordedAt) : new CountedTo(null, null),
            span.Name,
            from,
            to,
            [.. counts.OrderBy(one => one.Key).Select(one => SummaryHour.Of(one.Key, one.Value))],
            [.. state.Locked.OrderByDescending(one => one.Value.Since).Take(MostLocked).Select(one => new LockedPerson(one.Key, one.Value.Name, one.Value.Since, one.Value.Sequence))],
            [.. counts.Values.SelectMany(one => one.Attention).OrderByDescending(one => one.Time).ThenByDescending(one => one.Sequence).Take(MostAttention)],
            sources);
    }

    /// <summary>State and counts that belong together.</summary>
    private async Task<(SummaryState State, IReadOnlyDictionary<DateTimeOffset, SummaryCounts> Counts)> ReadAsync(
        string organization, SummarySpan span, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var state = (await _table.ReadStateAsync(organization, cancellationToken)).State;
            if (state is null)
            {
                var begin = (await _beginnings.ReadAsync(organization, cancellationToken)).Size;
                return (new SummaryState { Sequence = begin }, new Dictionary<DateTimeOffset, SummaryCounts>());
            }

            var counts = await _table.ReadCountsAsync(organization, span, from, to, state.Generation, cancellationToken);
            // Somebody counts just now: with the newer rows the same records would be counted twice.
            if (attempt == Attempts || counts.Values.All(one => one.Sequence <= state.Sequence))
            {
                return (state, counts);
            }
        }
    }

    private async Task<IReadOnlyDictionary<DateTimeOffset, SummaryCounts>> CountNewestAsync(
        string organization,
        SummarySpan span,
        (DateTimeOffset From, DateTimeOffset To) range,
        SummaryState state,
        IReadOnlyDictionary<DateTimeOffset, SummaryCounts> counts,
        CancellationToken cancellationToken)
    {
        var fold = new SummaryFold(await _table.MacAsync(cancellationToken), organization);
        var buckets = new Dictionary<DateTimeOffset, SummaryBucket>();
        try
        {
            await foreach (var stored in _trail.ReadOwnAsync(organization, state.Sequence + 1, cancellationToken, state.Sequence + MostCounted))
            {
                if (RecordFormat.TryRead(stored.Line!.Record) is not { } record)
                {
                    continue;
                }

                var start = span.StartOf(SummaryFold.TimeOf(record));
                if (start < range.From || start >= range.To)
                {
                    fold.Add(record, state, []);
                    continue;
                }

                if (!buckets.TryGetValue(start, out var bucket))
                {
                    var known = counts.GetValueOrDefault(start);
                    buckets[start] = bucket = known is null
                        ? new SummaryBucket(span, start, new SummaryCounts(), new SummaryPeople())
                        : await _table.ReadAsync(organization, span, start, known, cancellationToken);
                }

                fold.Add(record, state, [bucket]);
            }
        }
        catch (TrailDamagedException)
        {
            // What is counted is counted; that the trail is damaged, others say.
        }

        return buckets.Values.ToDictionary(bucket => bucket.Start, bucket => bucket.Counts)
            .Concat(counts.Where(one => !buckets.ContainsKey(one.Key))).ToDictionary(one => one.Key, one => one.Value);
    }
}
