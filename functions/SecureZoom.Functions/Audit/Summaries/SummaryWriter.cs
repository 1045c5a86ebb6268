using System.Collections.Concurrent;
using Azure;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Audit.Trail;

namespace SecureZoom.Functions.Audit.Summaries;

/// <summary>
/// Counts what trails say, up to where they are signed: each record once, since how far it is counted is written with the counts. Where that
/// is lost, or is not ours, all is counted anew.
/// </summary>
public sealed partial class SummaryWriter
{
    private const int Parallel = 4;

    /// <summary>How often another instance may be first.</summary>
    private const int Attempts = 5;

    private readonly AuditTrail _trail;
    private readonly TrailBeginnings _beginnings;
    private readonly SummaryTable _table;
    private readonly ILogger<SummaryWriter> _logger;

    /// <summary>How far each trail is counted, as this instance knows: of what is not signed further nothing is asked.</summary>
    private readonly ConcurrentDictionary<string, long> _known = new(StringComparer.Ordinal);

    internal SummaryWriter(AuditTrail trail, TrailBeginnings beginnings, SummaryTable table, ILogger<SummaryWriter> logger) =>
        (_trail, _beginnings, _table, _logger) = (trail, beginnings, table, logger);

    /// <param name="sizes">Up to which record each trail is signed.</param>
    public Task RunAsync(IReadOnlyDictionary<string, long> sizes, CancellationToken cancellationToken) =>
        System.Threading.Tasks.Parallel.ForEachAsync(
            sizes.Where(trail => trail.Value > _known.GetValueOrDefault(trail.Key)),
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken },
            async (trail, token) =>
            {
                try
                {
                    for (var attempt = 1; attempt <= Attempts && _known.GetValueOrDefault(trail.Key) < trail.Value; attempt++)
                    {
                        if (!await CountAsync(trail.Key, trail.Value, isAnew: false, token))
                        {
                            Log.PutBack(_logger, trail.Key);
                            await CountAsync(trail.Key, trail.Value, isAnew: true, token);
                        }
                    }
                }
                catch (Exception exception) when (!token.IsCancellationRequested)
                {
                    Log.Failed(_logger, trail.Key, exception);
                }
            });

    /// <param name="isAnew">Whether to go by nothing that is counted.</param>
    /// <returns>False where an hour or a day has records that are not counted yet: how far it is counted was put back.</returns>
    /// <remarks>Where somebody else was first it ends, and is begun again with what they have left: an erasure, too, counts as somebody.</remarks>
    private async Task<bool> CountAsync(string organization, long size, bool isAnew, CancellationToken cancellationToken)
    {
        var beginning = await _beginnings.ReadAsync(organization, cancellationToken);
        if (beginning.HasLeft)
        {
            _known[organization] = size;
            return true;
        }

        var (kept, tag) = await _table.ReadStateAsync(organization, cancellationToken);
        var known = isAnew ? null : kept;
        var state = known ?? new SummaryState { Generation = Guid.NewGuid().ToString("N") };
        if (known is null)
        {
            Log.Begun(_logger, organization);
        }

        var batch = new SummaryBatch(_table, organization, state.Generation, isNew: known is null);
        var fold = new SummaryFold(await _table.MacAsync(cancellationToken), organization);
        var first = Math.Max(state.Sequence, beginning.Size) + 1;
        if (first <= size)
        {
            await foreach (var stored in _trail.ReadOwnAsync(organization, first, cancellationToken, size))
            {
                if (batch.IsFull)
                {
                    if ((tag = await WriteAsync(organization, state, tag, batch, cancellationToken)) is null)
                    {
                        return true;
                    }
                }

                if (RecordFormat.TryRead(stored.Line!.Record) is { } record)
                {
                    var buckets = await batch.OfAsync(record, cancellationToken);
                    if (buckets.Any(bucket => bucket.Counts.Sequence >= record.Sequence))
                    {
                        return false;
                    }

                    fold.Add(record, state, buckets);
                }
            }

            tag = await WriteAsync(organization, state, tag, batch, cancellationToken);
        }

        if (tag is not null && await CleanAsync(organization, state, tag.Value, beginning, cancellationToken))
        {
            _known[organization] = size;
        }

        return true;
    }

    private async Task<ETag?> WriteAsync(string organization, SummaryState state, ETag? tag, SummaryBatch batch, CancellationToken cancellationToken)
    {
        var written = await _table.TryWriteAsync(organization, state, tag, batch.Changed, cancellationToken);
        batch.Written();
        return written;
    }

    /// <summary>Takes out what an earlier summary has left, and what is of records that were let go.</summary>
    /// <returns>False where somebody else was first.</returns>
    private async Task<bool> CleanAsync(string organization, SummaryState state, ETag tag, TrailBeginning beginning, CancellationToken cancellationToken)
    {
        if (!state.MayHaveOld && beginning.GoneTo <= state.GoneTo)
        {
            return true;
        }

        var oldest = await ReadOldestAsync(organization, beginning, cancellationToken);
        await _table.RemoveAsync(
            organization,
            (span, start, counts) => counts?.Generation != state.Generation || start + span.Length + SummarySpan.Late <= oldest,
            cancellationToken);
        (state.MayHaveOld, state.GoneTo) = (false, beginning.GoneTo);
        return await _table.TryWriteAsync(organization, state, tag, [], cancellationToken) is not null;
    }

    /// <summary>When the first record was written down that is left.</summary>
    private async Task<DateTimeOffset> ReadOldestAsync(string organization, TrailBeginning beginning, CancellationToken cancellationToken) =>
        beginning.GoneTo > 0 && await _trail.ReadAsync(organization, beginning.GoneTo + 1, cancellationToken) is { Line: { } line } && RecordFormat.TryRead(line.Record) is { } record
            ? record.RecordedAt
            : DateTimeOffset.MinValue;

    private static partial class Log
    {
        [LoggerMessage(EventId = 253, Level = LogLevel.Critical, Message = "How far the trail of {Organization} is summarised was put back; all is counted anew")]
        public static partial void PutBack(ILogger logger, string organization);

        [LoggerMessage(EventId = 251, Level = LogLevel.Error, Message = "The trail of {Organization} could not be summarised now")]
        public static partial void Failed(ILogger logger, string organization, Exception exception);

        [LoggerMessage(EventId = 252, Level = LogLevel.Information, Message = "The trail of {Organization} is summarised from its beginning")]
        public static partial void Begun(ILogger logger, string organization);
    }
}
