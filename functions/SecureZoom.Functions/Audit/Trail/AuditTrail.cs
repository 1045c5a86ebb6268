using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Storage;
using SecureZoom.Functions.Telemetry;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>The organisations' trails in the table <c>audit</c>: one partition and one log (RFC 6962) each.</summary>
/// <remarks>
/// Rows of a partition: <c>{sequence, 19 digits}</c> the records, <c>g:{event id}</c> a guard against the same event twice,
/// <c>t:{level}:{index}</c> the tree's tiles (<see cref="TrailTiles"/>), <c>n:{name}</c> whose a name is (<see cref="PersonNames"/>),
/// <c>head</c> the trail's end; beside it, for whoever reads, its index (<c>f:</c>, <c>k:</c>) and its summaries (<c>s:</c>). The partition <c>.organizations</c> lists the others (<see cref="TrailList"/>). What is stored is what is
/// committed to; head and tiles are caches of it, the rows and the checkpoints are the truth.
/// </remarks>
public sealed partial class AuditTrail(
    TableServiceClient tables, AuditOptions options, TrailList list, TrailBeginnings beginnings, PersonNames names, RowSeal seal, SecretStore secrets,
    TimeProvider time, ILogger<AuditTrail> logger)
{
    public const string TableName = "audit";

    private const int MaxAttempts = 20;

    /// <summary>Records that may be missing in one place and the end still be found.</summary>
    private const int MaxGap = 10_000;

    /// <summary>How far an end is looked for that the head does not say: rows planted beyond it lead nobody on.</summary>
    private const long MostFound = 1 << 24;

    private readonly TableClient _table = tables.GetTableClient(TableName);
    private readonly ConcurrentDictionary<string, TrailHead> _heads = new(StringComparer.Ordinal);

    /// <summary>The largest head that this instance has seen of each trail.</summary>
    private readonly ConcurrentDictionary<string, TreeHead> _seen = new(StringComparer.Ordinal);

    /// <summary>Appends events to an organisation's trail, each once for ever, however often it comes.</summary>
    /// <returns>How many were new.</returns>
    /// <exception cref="TrailDamagedException">The trail's end is not what we left: nothing is appended until somebody has looked.</exception>
    public async Task<int> AppendAsync(string organization, IReadOnlyList<AuditEvent> events, CancellationToken cancellationToken)
    {
        using var span = AppTraces.Start("AuditTrail.Append", ActivityKind.Client)?.SetTag("securezoom.events", events.Count);
        var appended = 0;
        var key = await secrets.SealingAsync(SecretNames.StorageSealKey, cancellationToken);
        var waiting = events.DistinctBy(auditEvent => auditEvent.Id).ToList();
        var namesakes = await names.FindNamesakesAsync(organization, waiting, cancellationToken);
        var forged = new HashSet<string>(StringComparer.Ordinal);
        await list.NoteAsync(organization, cancellationToken);
        for (var attempt = 1; waiting.Count > 0; attempt++)
        {
            var head = await GetHeadAsync(organization, cancellationToken);
            var batch = TrailBatch.Write(options.LogOf(organization), organization, head, waiting, namesakes, key, time.GetUtcNow());
            var outcome = await SubmitAsync(organization, head, batch, waiting, forged, cancellationToken);
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
                throw new TrailDamagedException("The trail's head and records do not fit together.");
            }

            _heads.TryRemove(organization, out _);
            if (outcome is Submission.HeadMoved)
            {
                Log.HeadMoved(logger, organization, attempt);
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(attempt * 20)), cancellationToken);
            }
            else
            {
                await RemoveKnownAsync(organization, waiting, forged, cancellationToken);
            }
        }

        return appended;
    }

    /// <summary>The records from one sequence up to another, both included, as stored.</summary>
    public async IAsyncEnumerable<StoredRecord> ReadUpAsync(
        string organization, long first, long last, [EnumeratorCancellation] CancellationToken cancellationToken, int? maxPerPage = null)
    {
        var from = TrailRows.KeyOf(first);
        var to = TrailRows.KeyOf(last);
        var rows = _table.QueryRowsAsync(
            TableClient.CreateQueryFilter($"PartitionKey eq {organization} and RowKey ge {from} and RowKey le {to}"),
            maxPerPage,
            cancellationToken: cancellationToken);
        var next = first;
        await foreach (var row in rows)
        {
            var stored = TrailRows.Read(row, next);
            next = stored.Sequence + 1;
            yield return stored;
        }
    }

    /// <summary>A record; null when there is none at this place.</summary>
    public async Task<StoredRecord?> ReadAsync(string organization, long sequence, CancellationToken cancellationToken)
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(organization, TrailRows.KeyOf(sequence), cancellationToken: cancellationToken);
        return row.HasValue ? TrailRows.Read(row.Value!, sequence) : null;
    }

    /// <summary>The end of an organisation's trail; <see cref="TrailHead.None"/> when it has none.</summary>
    /// <exception cref="TrailDamagedException">It is not what we left.</exception>
    public async Task<TrailHead> ReadHeadAsync(string organization, CancellationToken cancellationToken)
    {
        // Known before the question; what others append meanwhile may be missing from the answer.
        var least = _seen.GetValueOrDefault(organization, TreeHead.Empty);
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(organization, TrailRows.HeadKey, cancellationToken: cancellationToken);
        var state = row.HasValue ? await seal.CheckAsync(TableName, row.Value!, cancellationToken) : SealState.Current;
        TrailHead? head = TrailHead.None;
        if (state == SealState.Wrong || (row.HasValue && !TrailRows.TryReadHead(row.Value!, out head)))
        {
            throw new TrailDamagedException("The trail's head is not sealed by us.");
        }

        CheckGrown(organization, least, head!.Edge.Head);
        return head with { HasOldSeal = state == SealState.Earlier };
    }

    /// <summary>How many records an organisation's trail has; where its head does not say, the last place in which there is one.</summary>
    public async Task<long> ReadSizeAsync(string organization, CancellationToken cancellationToken)
    {
        try
        {
            return (await ReadHeadAsync(organization, cancellationToken)).Size;
        }
        catch (TrailDamagedException)
        {
            var begin = (await beginnings.ReadAsync(organization, cancellationToken)).Size;
            var (low, high) = (begin, begin + 1);
            for (; high - begin < MostFound && await HasFromAsync(organization, high, cancellationToken); high += high - begin)
            {
                low = high;
            }

            while (high - low > 1)
            {
                var middle = low + ((high - low) / 2);
                (low, high) = await HasFromAsync(organization, middle, cancellationToken) ? (middle, high) : (low, middle);
            }

            return low;
        }
    }

    /// <summary>Seals the head with the current key, where an earlier one did.</summary>
    public async Task RenewSealAsync(string organization, TrailHead head, CancellationToken cancellationToken)
    {
        var row = TrailRows.Head(organization, head);
        await seal.SealAsync(TableName, row, cancellationToken);
        try
        {
            await _table.UpdateEntityAsync(row, head.ETag!.Value, TableUpdateMode.Replace, cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status is StatusCodes.Status412PreconditionFailed)
        {
            // Somebody appends, and seals it thereby.
        }
    }

    private async Task<Submission> SubmitAsync(
        string organization, TrailHead head, TrailBatch batch, List<AuditEvent> events, HashSet<string> forged, CancellationToken cancellationToken)
    {
        var next = TrailRows.Head(organization, batch.End);
        await seal.SealAsync(TableName, next, cancellationToken);
        var guards = await EventGuards.OpenAsync(secrets, cancellationToken);
        var actions = new List<TableTransactionAction>((batch.Count * 2) + 1)
        {
            head.ETag is { } etag ? new(TableTransactionActionType.UpdateReplace, next, etag) : new(TableTransactionActionType.Add, next),
        };
        foreach (var (record, auditEvent) in batch.Records.Zip(events))
        {
            var guard = guards.Row(organization, auditEvent.Id, record.Sequence);
            actions.Add(new(TableTransactionActionType.Add, TrailRows.Row(organization, record)));
            actions.Add(new(forged.Contains(auditEvent.Id) ? TableTransactionActionType.UpsertReplace : TableTransactionActionType.Add, guard));
        }

        try
        {
            var responses = await _table.SubmitTransactionAsync(actions, cancellationToken);
            var end = batch.End with { ETag = responses.Value[0].Headers.ETag, HasOldSeal = false };
            _heads[organization] = end;
            See(organization, end.Edge.Head);
            // A second witness: whoever can change the table cannot change what was logged.
            var (origin, root) = (options.LogOf(organization), Convert.ToBase64String(end.Edge.Head.Root));
            Log.Appended(logger, origin, end.Size, root);
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
    /// <param name="forged">Gets the ids of those whose guard leads to no record of theirs: somebody would have kept them out.</param>
    private async Task RemoveKnownAsync(string organization, List<AuditEvent> events, HashSet<string> forged, CancellationToken cancellationToken)
    {
        var batch = events.Take(TrailBatch.MaxEvents).ToList();
        var guards = await Task.WhenAll(batch.Select(auditEvent => _table.GetEntityIfExistsAsync<TableEntity>(
            organization, TrailRows.GuardOf(auditEvent.Id), cancellationToken: cancellationToken)));
        foreach (var (auditEvent, guard) in batch.Zip(guards))
        {
            if (guard.HasValue && await IsGenuineAsync(organization, guard.Value!, auditEvent.Id, cancellationToken))
            {
                events.Remove(auditEvent);
            }
            else if (guard.HasValue && forged.Add(auditEvent.Id))
            {
                Log.ForgedGuard(logger, organization, auditEvent.Id);
            }
        }
    }

    private async Task<bool> IsGenuineAsync(string organization, TableEntity guard, string eventId, CancellationToken cancellationToken) =>
        // Earlier ones carry a row's seal.
        ((await EventGuards.OpenAsync(secrets, cancellationToken)).IsOurs(guard) || await seal.CheckAsync(TableName, guard, cancellationToken) != SealState.Wrong)
        && guard.GetInt64(TrailRows.SequenceColumn) is { } sequence
        && (await ReadAsync(organization, sequence, cancellationToken) is { } stored
            ? stored.Line is { } line && RecordFormat.TryRead(line.Record)?.Id == eventId
            : sequence <= (await beginnings.ReadAsync(organization, cancellationToken)).Size);

    /// <summary>Whether the trail goes on here. A row far behind its end is none of it.</summary>
    private async Task<bool> HasFromAsync(string organization, long sequence, CancellationToken cancellationToken)
    {
        var (from, to) = (TrailRows.KeyOf(sequence), TrailRows.KeyOf(sequence + MaxGap));
        var rows = _table.QueryRowsAsync(
            TableClient.CreateQueryFilter($"PartitionKey eq {organization} and RowKey ge {from} and RowKey le {to}"),
            maxPerPage: 1,
            select: ["RowKey"],
            cancellationToken: cancellationToken);
        return await rows.AnyAsync(cancellationToken);
    }

    private async Task<TrailHead> GetHeadAsync(string organization, CancellationToken cancellationToken) =>
        _heads.TryGetValue(organization, out var head)
            ? head
            : _heads[organization] = await ReadHeadAsync(organization, cancellationToken);

    private void See(string organization, TreeHead now) =>
        _seen.AddOrUpdate(organization, now, (_, seen) => now.Size > seen.Size ? now : seen);

    /// <summary>Notices when a trail ends before a place where it ended already, or there with another tree.</summary>
    private void CheckGrown(string organization, TreeHead least, TreeHead now)
    {
        See(organization, now);
        if (now.Size < least.Size || (now.Size == least.Size && !now.Equals(least)))
        {
            seal.ReportLoss(TableName, organization, least.Size);
            throw new TrailDamagedException("The trail is shorter than it was, or another one.");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 191, Level = LogLevel.Information, Message = "Another writer was first in the trail of {Organization} (attempt {Attempt})")]
        public static partial void HeadMoved(ILogger logger, string organization, int attempt);

        [LoggerMessage(EventId = 192, Level = LogLevel.Information, Message = "Log {Origin} has {Size} records, root {Root}")]
        public static partial void Appended(ILogger logger, string origin, long size, string root);

        [LoggerMessage(EventId = 193, Level = LogLevel.Critical, Message = "A guard in the trail of {Organization} leads to no record of event {Event}, which is recorded now")]
        public static partial void ForgedGuard(ILogger logger, string organization, string @event);
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
