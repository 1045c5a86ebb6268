using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;

namespace SecureZoom.Functions.Audit;

/// <summary>The organisations' trails in the table <c>audit</c>: one partition and one hash chain each.</summary>
/// <remarks>
/// Rows of a partition: <c>{sequence, 19 digits}</c> the records, <c>g:{event id}</c> a guard against the same event twice,
/// <c>d:{day}</c> the first sequence of a day, <c>head</c> the chain's end. What is stored is what is hashed is what is served: one JSON
/// line a record, its hash being SHA-256(hash before, line).
/// </remarks>
public sealed class AuditTrail(TableServiceClient tables, TimeProvider time)
{
    /// <summary>A record and its guard for each event, the head, and perhaps a day mark: 100 operations, the service's limit.</summary>
    public const int MaxBatch = 49;

    public const string TableName = "audit";
    private const string HeadKey = "head";
    private const string GuardPrefix = "g:";
    private const string DayPrefix = "d:";
    private const string LineColumn = "Line";
    private const string HashColumn = "Hash";
    private const string SequenceColumn = "Sequence";
    private const string RecordedAtColumn = "RecordedAt";
    private const int NotModified = 412;
    private const int Conflict = 409;

    /// <summary>What 100 operations may weigh is 4 MiB after base64; lines have this much of it, in bytes.</summary>
    private const int MaxBatchBytes = 2 * 1024 * 1024;

    private readonly TableClient _table = tables.GetTableClient(TableName);
    private readonly ConcurrentDictionary<string, Head> _heads = new(StringComparer.Ordinal);

    /// <summary>Appends events to an organisation's trail, each once for ever, however often it comes.</summary>
    /// <returns>How many were new.</returns>
    public async Task<int> AppendAsync(string organization, IReadOnlyList<AuditEvent> events, CancellationToken cancellationToken)
    {
        var appended = 0;
        var waiting = events.DistinctBy(happened => happened.Id).ToList();
        while (waiting.Count > 0)
        {
            var head = await GetHeadAsync(organization, cancellationToken);
            var (lines, next) = Write(organization, head, waiting);
            switch (await TrySubmitAsync(organization, head, next, waiting, lines, cancellationToken))
            {
                case Submission.Done:
                    appended += lines.Count;
                    waiting.RemoveRange(0, lines.Count);
                    break;
                case Submission.HeadMoved:
                    _heads.TryRemove(organization, out _);
                    await RemoveKnownAsync(organization, waiting, cancellationToken);
                    break;
            }
        }

        return appended;
    }

    /// <summary>
    /// The records from <paramref name="newest"/> down to <paramref name="oldest"/>, both included, as stored; the newest first.
    /// </summary>
    public async Task<IReadOnlyList<(long Sequence, ReadOnlyMemory<byte> Line)>> ReadDownAsync(
        string organization, long newest, long oldest, CancellationToken cancellationToken)
    {
        var from = RowKey(oldest);
        var to = RowKey(newest);
        var rows = new List<(long, ReadOnlyMemory<byte>)>();
        var query = _table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {organization} and RowKey ge {from} and RowKey le {to}"),
            select: ["RowKey", LineColumn],
            cancellationToken: cancellationToken);
        await foreach (var row in query)
        {
            rows.Add((long.Parse(row.RowKey, CultureInfo.InvariantCulture), row.GetBinary(LineColumn)));
        }

        rows.Reverse();
        return rows;
    }

    /// <summary>The last sequence of an organisation's trail; 0 when it has none.</summary>
    public async Task<long> LastSequenceAsync(string organization, CancellationToken cancellationToken) =>
        (await ReadHeadAsync(organization, cancellationToken)).Sequence;

    private (List<byte[]> Lines, Head Next) Write(string organization, Head head, List<AuditEvent> events)
    {
        var now = time.GetUtcNow();
        var next = head with { RecordedAt = now > head.RecordedAt ? now : head.RecordedAt };
        var lines = new List<byte[]>();
        var size = 0;
        foreach (var happened in events.Take(MaxBatch))
        {
            var record = AuditRecord.Of(happened, organization, next.Sequence + 1, next.RecordedAt);
            var line = JsonSerializer.SerializeToUtf8Bytes(record, AuditJson.Default.AuditRecord);
            size += line.Length;
            if (lines.Count > 0 && size > MaxBatchBytes)
            {
                break;
            }

            lines.Add(line);
            next = next with { Sequence = record.Sequence, Hash = AuditChain.Link(next.Hash, line) };
        }

        return (lines, next);
    }

    private async Task<Submission> TrySubmitAsync(
        string organization, Head head, Head next, List<AuditEvent> events, List<byte[]> lines, CancellationToken cancellationToken)
    {
        var actions = new List<TableTransactionAction>((lines.Count * 2) + 2) { MoveHead(organization, head, next) };
        if (DayKey(head.RecordedAt) != DayKey(next.RecordedAt))
        {
            actions.Add(Insert(new TableEntity(organization, DayKey(next.RecordedAt)) { [SequenceColumn] = head.Sequence + 1 }));
        }

        var hash = head.Hash;
        foreach (var (line, index) in lines.Select((line, index) => (line, index)))
        {
            hash = AuditChain.Link(hash, line);
            var sequence = head.Sequence + 1 + index;
            actions.Add(Insert(new TableEntity(organization, RowKey(sequence)) { [LineColumn] = line, [HashColumn] = hash }));
            actions.Add(Insert(new TableEntity(organization, GuardPrefix + events[index].Id) { [SequenceColumn] = sequence }));
        }

        try
        {
            var responses = await SubmitAsync(actions, cancellationToken);
            _heads[organization] = next with { ETag = responses.Value[0].Headers.ETag };
            return Submission.Done;
        }
        catch (RequestFailedException exception) when (exception.Status is NotModified or Conflict)
        {
            return Submission.HeadMoved;
        }
    }

    private async Task<Response<IReadOnlyList<Response>>> SubmitAsync(
        List<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        try
        {
            return await _table.SubmitTransactionAsync(actions, cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == "TableNotFound")
        {
            await _table.CreateIfNotExistsAsync(cancellationToken);
            return await _table.SubmitTransactionAsync(actions, cancellationToken);
        }
    }

    /// <summary>Takes out what the trail has already: a redelivery, or our own write whose answer was lost.</summary>
    private async Task RemoveKnownAsync(string organization, List<AuditEvent> events, CancellationToken cancellationToken)
    {
        var batch = events.Take(MaxBatch).ToList();
        var guards = await Task.WhenAll(batch.Select(happened => _table.GetEntityIfExistsAsync<TableEntity>(
            organization, GuardPrefix + happened.Id, select: ["RowKey"], cancellationToken)));
        foreach (var (happened, guard) in batch.Zip(guards))
        {
            if (guard.HasValue)
            {
                events.Remove(happened);
            }
        }
    }

    private async Task<Head> GetHeadAsync(string organization, CancellationToken cancellationToken)
    {
        if (_heads.TryGetValue(organization, out var head))
        {
            return head;
        }

        return _heads[organization] = await ReadHeadAsync(organization, cancellationToken);
    }

    private async Task<Head> ReadHeadAsync(string organization, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(organization, HeadKey, cancellationToken: cancellationToken);
        return found.HasValue
            ? new Head(
                found.Value!.GetInt64(SequenceColumn)!.Value,
                found.Value.GetBinary(HashColumn),
                found.Value.GetDateTimeOffset(RecordedAtColumn)!.Value,
                found.Value.ETag)
            : new Head(0, AuditChain.Genesis, DateTimeOffset.MinValue, ETag: null);
    }

    private static TableTransactionAction MoveHead(string organization, Head head, Head next)
    {
        var entity = new TableEntity(organization, HeadKey)
        {
            [SequenceColumn] = next.Sequence,
            [HashColumn] = next.Hash,
            [RecordedAtColumn] = next.RecordedAt,
        };
        return head.ETag is { } etag
            ? new TableTransactionAction(TableTransactionActionType.UpdateReplace, entity, etag)
            : Insert(entity);
    }

    private static TableTransactionAction Insert(TableEntity entity) => new(TableTransactionActionType.Add, entity);

    private static string RowKey(long sequence) => sequence.ToString("D19", CultureInfo.InvariantCulture);

    private static string DayKey(DateTimeOffset at) => DayPrefix + at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>How an attempt to append ended.</summary>
    private enum Submission
    {
        Done,
        HeadMoved,
    }

    /// <summary>The end of a chain.</summary>
    /// <param name="ETag">The stored head's; null when there is none yet.</param>
    private sealed record Head(long Sequence, byte[] Hash, DateTimeOffset RecordedAt, ETag? ETag);
}
