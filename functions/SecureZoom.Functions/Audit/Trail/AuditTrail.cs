using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Storage;
using SecureZoom.Functions.Telemetry;
using SecureZoom.Verification;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>The organisations' trails in the table <c>audit</c>: one partition and one hash chain each.</summary>
/// <remarks>
/// Rows of a partition: <c>{sequence, 19 digits}</c> the records, <c>g:{event id}</c> a guard against the same event twice,
/// <c>d:{day}</c> the first sequence of a day, <c>n:{name}</c> whose a name is (<see cref="PersonNames"/>), <c>head</c> the chain's end.
/// The partition <c>.organizations</c> lists the others. What is stored is what is hashed is what is served: one JSON line a record, its
/// hash being SHA-256(hash before, line). A MAC over place and hash tells our own records from those of whoever else can write to the table.
/// </remarks>
public sealed partial class AuditTrail(
    TableServiceClient tables, PersonNames names, SecretStore secrets, TimeProvider time, ILogger<AuditTrail> logger)
{
    public const string TableName = "audit";

    private const int MaxAttempts = 20;
    private const string HeadKey = "head";
    private const string GuardPrefix = "g:";
    private const string DayPrefix = "d:";
    private const string Organizations = ".organizations";
    private const string LineColumn = "Line";
    private const string HashColumn = "Hash";
    private const string MacColumn = "Mac";
    private const string SequenceColumn = "Sequence";
    private const string RecordedAtColumn = "RecordedAt";

    private readonly TableClient _table = tables.GetTableClient(TableName);
    private readonly ConcurrentDictionary<string, TrailHead> _heads = new(StringComparer.Ordinal);

    /// <summary>Appends events to an organisation's trail, each once for ever, however often it comes.</summary>
    /// <returns>How many were new.</returns>
    public async Task<int> AppendAsync(string organization, IReadOnlyList<AuditEvent> events, CancellationToken cancellationToken)
    {
        using var span = AppTraces.Start("AuditTrail.Append", ActivityKind.Client)?.SetTag("securezoom.events", events.Count);
        var appended = 0;
        var key = await secrets.SealingAsync(SecretNames.AuditMessageKey, cancellationToken);
        var waiting = events.DistinctBy(auditEvent => auditEvent.Id).ToList();
        var namesakes = await names.FindNamesakesAsync(organization, waiting, cancellationToken);
        for (var attempt = 1; waiting.Count > 0; attempt++)
        {
            var head = await GetHeadAsync(organization, cancellationToken);
            var batch = TrailBatch.Write(organization, head, waiting, namesakes, key, time.GetUtcNow());
            var outcome = await SubmitAsync(organization, head, batch, waiting, cancellationToken);
            if (outcome is Submission.Taken)
            {
                appended += batch.Count;
                waiting.RemoveRange(0, batch.Count);
                attempt = 0;
                continue;
            }

            if (attempt == MaxAttempts)
            {
                // Others cannot be that much faster: the head itself must be wrong. The queue keeps the events meanwhile.
                throw new InvalidOperationException("The trail's head and records do not fit together.");
            }

            _heads.TryRemove(organization, out _);
            if (outcome is Submission.HeadMoved)
            {
                Log.HeadMoved(logger, organization, attempt);
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(attempt * 20)), cancellationToken);
            }
            else
            {
                await RemoveKnownAsync(organization, waiting, cancellationToken);
            }
        }

        return appended;
    }

    /// <summary>The records from one sequence up to another, both included, as stored.</summary>
    public async IAsyncEnumerable<StoredRecord> ReadUpAsync(
        string organization, long first, long last, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var from = RowKey(first);
        var to = RowKey(last);
        var rows = _table.QueryRowsAsync(
            TableClient.CreateQueryFilter($"PartitionKey eq {organization} and RowKey ge {from} and RowKey le {to}"),
            select: ["RowKey", LineColumn, HashColumn, MacColumn],
            cancellationToken: cancellationToken);
        await foreach (var row in rows)
        {
            yield return new StoredRecord(
                long.Parse(row.RowKey, CultureInfo.InvariantCulture),
                row.GetBinary(LineColumn) ?? [],
                row.GetBinary(HashColumn) ?? [],
                row.GetString(MacColumn) ?? "");
        }
    }

    /// <summary>The end of an organisation's chain; sequence 0 when it has none.</summary>
    public async Task<ChainEnd> ReadEndAsync(string organization, CancellationToken cancellationToken)
    {
        var head = await ReadHeadAsync(organization, cancellationToken);
        return new ChainEnd(head.Sequence, head.Hash);
    }

    /// <summary>The first sequence of the first day at or after a moment's; one behind the last record when there is no such day.</summary>
    public Task<long> FirstOfDayAsync(string organization, DateTimeOffset moment, CancellationToken cancellationToken) =>
        FirstMarkedAsync(organization, DayKey(moment), cancellationToken);

    /// <summary>The last sequence of the last day at or before a moment's.</summary>
    public async Task<long> LastOfDayAsync(string organization, DateTimeOffset moment, CancellationToken cancellationToken) =>
        await FirstMarkedAsync(organization, $"{DayKey(moment)};", cancellationToken) - 1;

    /// <summary>Every organisation that has a trail.</summary>
    public async Task<IReadOnlyList<string>> ReadOrganizationsAsync(CancellationToken cancellationToken)
    {
        var rows = _table.QueryRowsAsync(
            TableClient.CreateQueryFilter($"PartitionKey eq {Organizations}"), select: ["RowKey"], cancellationToken: cancellationToken);
        return await rows.Select(row => row.RowKey).ToListAsync(cancellationToken);
    }

    private async Task<long> FirstMarkedAsync(string organization, string from, CancellationToken cancellationToken)
    {
        const string To = "d;";
        var marks = _table.QueryRowsAsync(
            TableClient.CreateQueryFilter($"PartitionKey eq {organization} and RowKey ge {from} and RowKey lt {To}"),
            maxPerPage: 1,
            cancellationToken: cancellationToken);
        await foreach (var mark in marks)
        {
            return mark.GetInt64(SequenceColumn)!.Value;
        }

        return (await ReadHeadAsync(organization, cancellationToken)).Sequence + 1;
    }

    private async Task<Submission> SubmitAsync(
        string organization, TrailHead head, TrailBatch batch, List<AuditEvent> events, CancellationToken cancellationToken)
    {
        if (head.ETag is null)
        {
            // Listed before its first record, so that no trail is without checkpoints.
            await _table.ReplaceRowAsync(new TableEntity(Organizations, organization), cancellationToken);
        }

        var actions = new List<TableTransactionAction>((batch.Count * 2) + 2) { MoveHead(organization, head, batch.End) };
        if (DayKey(head.RecordedAt) != DayKey(batch.End.RecordedAt))
        {
            actions.Add(Insert(new TableEntity(organization, DayKey(batch.End.RecordedAt)) { [SequenceColumn] = head.Sequence + 1 }));
        }

        foreach (var (record, auditEvent) in batch.Records.Zip(events))
        {
            actions.Add(Insert(new TableEntity(organization, RowKey(record.Sequence))
            {
                [LineColumn] = record.Line,
                [HashColumn] = record.Hash,
                [MacColumn] = record.Mac,
            }));
            actions.Add(Insert(new TableEntity(organization, GuardPrefix + auditEvent.Id) { [SequenceColumn] = record.Sequence }));
        }

        try
        {
            var responses = await _table.SubmitTransactionAsync(actions, cancellationToken);
            _heads[organization] = batch.End with { ETag = responses.Value[0].Headers.ETag };
            return Submission.Taken;
        }
        catch (RequestFailedException exception) when (exception.Status is StatusCodes.Status412PreconditionFailed)
        {
            return Submission.HeadMoved;
        }
        catch (RequestFailedException exception) when (exception.Status is StatusCodes.Status409Conflict)
        {
            return Submission.RowKnown;
        }
        catch (RequestFailedException exception) when (exception.Status is StatusCodes.Status400BadRequest or StatusCodes.Status413PayloadTooLarge)
        {
            throw new AuditRejectedException(exception);
        }
    }

    /// <summary>Takes out what the trail has already: a redelivery, or our own write whose answer was lost.</summary>
    private async Task RemoveKnownAsync(string organization, List<AuditEvent> events, CancellationToken cancellationToken)
    {
        var batch = events.Take(TrailBatch.MaxEvents).ToList();
        var guards = await Task.WhenAll(batch.Select(auditEvent => _table.GetEntityIfExistsAsync<TableEntity>(
            organization, GuardPrefix + auditEvent.Id, select: ["RowKey"], cancellationToken)));
        foreach (var (auditEvent, guard) in batch.Zip(guards))
        {
            if (guard.HasValue)
            {
                events.Remove(auditEvent);
            }
        }
    }

    private async Task<TrailHead> GetHeadAsync(string organization, CancellationToken cancellationToken) =>
        _heads.TryGetValue(organization, out var head)
            ? head
            : _heads[organization] = await ReadHeadAsync(organization, cancellationToken);

    private async Task<TrailHead> ReadHeadAsync(string organization, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(organization, HeadKey, cancellationToken: cancellationToken);
        return found.HasValue
            ? new TrailHead(
                found.Value!.GetInt64(SequenceColumn)!.Value,
                found.Value.GetBinary(HashColumn),
                found.Value.GetDateTimeOffset(RecordedAtColumn)!.Value,
                found.Value.ETag)
            : new TrailHead(0, HashChain.Genesis, DateTimeOffset.MinValue, ETag: null);
    }

    private static TableTransactionAction MoveHead(string organization, TrailHead head, TrailHead next)
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

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Another writer was first in the trail of {Organization} (attempt {Attempt})")]
        public static partial void HeadMoved(ILogger logger, string organization, int attempt);
    }

    /// <summary>What became of a transaction: taken whole, or refused whole.</summary>
    private enum Submission
    {
        Taken,

        /// <summary>Another writer was first.</summary>
        HeadMoved,

        /// <summary>One of its rows is in the table already: the event of a redelivery, or the first head of a trail.</summary>
        RowKnown,
    }
}
